"""Networks of a few thousand random weights, saved as their makers release them."""

import json
import pathlib
from collections.abc import Callable
from typing import Any, Final

import torch
import transformers

WORDS: Final = ("chair", "tv", "stand", "table", "lamp")
MEAN: Final = [0.485, 0.456, 0.406]
SPREAD: Final = [0.229, 0.224, 0.225]
SWIN: Final[dict[str, Any]] = {
    "image_size": 64,
    "embed_dim": 8,
    "depths": [1, 1, 1, 1],
    "num_heads": [1, 1, 2, 2],
    "window_size": 2,
}
DINO: Final[dict[str, Any]] = {
    "model_type": "dinov2",
    "hidden_size": 16,
    "num_attention_heads": 2,
    "num_hidden_layers": 2,
    "mlp_ratio": 1,
}


def saved(folder: pathlib.Path, make: Callable[[pathlib.Path], Any]) -> pathlib.Path:
    """The folder, with the network that `make` returns saved in it; `make` writes the rest."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    make(folder).save_pretrained(folder)
    return folder


def prepared(folder: pathlib.Path, **numbers: Any) -> None:
    """Write how pictures are prepared, in the layout of a release."""
    told = {"image_mean": MEAN, "image_std": SPREAD, "rescale_factor": 1 / 255, **numbers}
    (folder / "preprocessor_config.json").write_text(json.dumps(told), encoding="utf-8")


def bert_words(folder: pathlib.Path) -> None:
    """A vocabulary in which the marks have the numbers that Grounding DINO looks for."""
    words = [f"[unused{number}]" for number in range(1100)]
    words[0], words[100], words[101], words[102], words[1012] = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "."
    words[200 : 200 + len(WORDS)] = WORDS
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    vocabulary = {word: number for number, word in enumerate(words)}
    transformers.BertTokenizer(vocab=vocabulary).save_pretrained(folder)


def clip_words(folder: pathlib.Path) -> None:
    """A vocabulary of letters, each also as the end of a word."""
    letters = "!abcdefghijklmnopqrstuvwxyz"
    pieces = [*letters, *(f"{each}</w>" for each in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    transformers.CLIPTokenizer(vocab=vocabulary, merges=[], pad_token="!").save_pretrained(folder)


def grounding_dino(folder: pathlib.Path) -> Any:
    """A Grounding DINO of seven queries."""
    bert_words(folder)
    size = {"shortest_edge": 48, "longest_edge": 80}
    prepared(folder, image_processor_type="GroundingDinoImageProcessor", size=size)
    text = transformers.BertConfig(
        vocab_size=1100,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    config = transformers.GroundingDinoConfig(
        backbone_config=transformers.SwinConfig(**SWIN, out_indices=[2, 3, 4]),
        text_config=text,
        num_queries=7,
        d_model=32,
        encoder_layers=1,
        encoder_ffn_dim=16,
        encoder_attention_heads=2,
        decoder_layers=2,
        decoder_ffn_dim=16,
        decoder_attention_heads=2,
        max_text_len=32,
    )
    return transformers.GroundingDinoForObjectDetection(config)


def owlv2(folder: pathlib.Path) -> Any:
    """An OWLv2 of sixteen queries."""
    clip_words(folder)
    prepared(folder, image_processor_type="Owlv2ImageProcessor", size={"height": 64, "width": 64})
    layer = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }
    words = {"vocab_size": 60, "max_position_embeddings": 16, "bos_token_id": 54, "eos_token_id": 55}
    config = transformers.Owlv2Config(
        text_config=layer | words,
        vision_config=layer | {"image_size": 64, "patch_size": 16},
        projection_dim=16,
    )
    return transformers.Owlv2ForObjectDetection(config)


def sam(folder: pathlib.Path) -> Any:
    """A SAM for pictures of 64 x 64 pixels."""
    sizes = {"size": {"longest_edge": 64}, "pad_size": {"height": 64, "width": 64}}
    prepared(folder, image_processor_type="SamImageProcessor", **sizes)
    config = transformers.SamConfig(
        vision_config={
            "hidden_size": 16,
            "output_channels": 16,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "image_size": 64,
            "patch_size": 8,
            "window_size": 2,
            "global_attn_indexes": [0],
            "mlp_dim": 16,
            "num_pos_feats": 8,
        },
        prompt_encoder_config={
            "hidden_size": 16,
            "image_size": 64,
            "patch_size": 8,
            "mask_input_channels": 4,
        },
        mask_decoder_config=MASK_DECODER,
    )
    return transformers.SamModel(config)


MASK_DECODER: Final[dict[str, Any]] = {
    "hidden_size": 16,
    "mlp_dim": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "iou_head_hidden_dim": 16,
}


def sam2(folder: pathlib.Path) -> Any:
    """A SAM 2 for pictures of 64 x 64 pixels."""
    prepared(folder, image_processor_type="Sam2ImageProcessor", size={"height": 64, "width": 64})
    backbone = {
        "model_type": "sam2_hiera_det_model",
        "hidden_size": 8,
        "image_size": [64, 64],
        "blocks_per_stage": [1, 1, 2, 1],
        "embed_dim_per_stage": [8, 16, 32, 64],
        "num_attention_heads_per_stage": [1, 1, 2, 2],
        "window_size_per_stage": [4, 4, 4, 4],
        "global_attention_blocks": [3],
        "window_positional_embedding_background_size": [4, 4],
    }
    config = transformers.Sam2Config(
        vision_config={
            "backbone_config": backbone,
            "backbone_channel_list": [64, 32, 16, 8],
            "backbone_feature_sizes": [[16, 16], [8, 8], [4, 4]],
            "fpn_hidden_size": 16,
        },
        prompt_encoder_config={
            "hidden_size": 16,
            "image_size": 64,
            "patch_size": 16,
            "mask_input_channels": 4,
        },
        mask_decoder_config=MASK_DECODER,
    )
    return transformers.Sam2Model(config)


def mask2former(folder: pathlib.Path) -> Any:
    """A Mask2Former of six queries that knows chairs and tables."""
    size = {"shortest_edge": 32, "longest_edge": 64}
    prepared(folder, image_processor_type="Mask2FormerImageProcessor", size=size, size_divisor=32)
    config = transformers.Mask2FormerConfig(
        backbone_config=transformers.SwinConfig(
            **SWIN, out_features=["stage1", "stage2", "stage3", "stage4"]
        ),
        feature_size=32,
        mask_feature_size=32,
        hidden_dim=32,
        encoder_feedforward_dim=16,
        encoder_layers=1,
        decoder_layers=2,
        num_attention_heads=2,
        dim_feedforward=16,
        num_queries=6,
        id2label={0: "chair", 1: "table"},
        label2id={"chair": 0, "table": 1},
    )
    return transformers.Mask2FormerForUniversalSegmentation(config)


def depth_anything(folder: pathlib.Path, kind: str = "metric") -> Any:
    """A Depth Anything of up to 20 m."""
    size = {"height": 56, "width": 56}
    aspect = {"keep_aspect_ratio": True, "ensure_multiple_of": 14}
    prepared(folder, image_processor_type="DPTImageProcessor", size=size, **aspect)
    backbone = {name: value for name, value in DINO.items() if name != "model_type"}
    config = transformers.DepthAnythingConfig(
        backbone_config=transformers.Dinov2Config(
            **backbone, image_size=56, patch_size=14, out_indices=[1, 2], reshape_hidden_states=False
        ),
        reassemble_hidden_size=16,
        reassemble_factors=[4, 2],
        neck_hidden_sizes=[8, 8],
        fusion_hidden_size=8,
        head_hidden_size=8,
        depth_estimation_type=kind,
        max_depth=20,
    )
    return transformers.DepthAnythingForDepthEstimation(config)


def zoedepth(folder: pathlib.Path) -> Any:
    """A ZoeDepth of up to 10 m."""
    size = {"height": 64, "width": 96}
    aspect = {"keep_aspect_ratio": True, "ensure_multiple_of": 32, "do_pad": True}
    prepared(folder, image_processor_type="ZoeDepthImageProcessor", size=size, **aspect)
    stages = ["stage1", "stage2", "stage3", "stage4"]
    backbone = transformers.BeitConfig(
        image_size=64,
        patch_size=16,
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=16,
        use_relative_position_bias=True,
        reshape_hidden_states=False,
        out_features=stages,
    )
    config = transformers.ZoeDepthConfig(
        backbone_config=backbone,
        neck_hidden_sizes=[8, 8, 8, 8],
        fusion_hidden_size=8,
        bottleneck_features=8,
        num_relative_features=8,
        bin_embedding_dim=8,
        num_attractors=[4, 2, 2, 1],
        bin_configurations=[{"n_bins": 8, "min_depth": 0.001, "max_depth": 10.0, "name": "nyu"}],
    )
    return transformers.ZoeDepthForDepthEstimation(config)


def depth_pro(folder: pathlib.Path, sees_angle: bool = True) -> Any:
    """A Depth Pro that takes every picture to be 60 degrees wide, or does not make that out."""
    prepared(folder, image_processor_type="DepthProImageProcessor", size={"height": 112, "width": 112})
    eye = DINO | {"image_size": 28, "patch_size": 7}
    config = transformers.DepthProConfig(
        patch_size=28,
        fusion_hidden_size=8,
        intermediate_hook_ids=[1, 0],
        intermediate_feature_dims=[8, 8],
        scaled_images_feature_dims=[8, 8, 8],
        use_fov_model=sees_angle,
        num_fov_head_layers=0,
        image_model_config=eye,
        patch_model_config=eye,
        fov_model_config=eye,
        merge_padding_value=1,
    )
    network = transformers.DepthProForDepthEstimation(config)
    if sees_angle:
        last = [each for each in network.fov_model.modules() if isinstance(each, torch.nn.Conv2d)][-1]
        with torch.no_grad():
            last.weight.zero_()
            last.bias.fill_(60.0)
    return network


def sapiens2(folder: pathlib.Path, tells_scale: bool = True) -> Any:
    """A Sapiens 2 for point maps of 32 x 48 pixels."""
    size = {"height": 48, "width": 32}
    prepared(folder, image_processor_type="Sapiens2ImageProcessor", size=size, do_pad=True)
    head: dict[str, Any] = {
        "upsample_out_channels": [8, 8, 8, 8],
        "upsample_kernel_size": 3,
        "use_pixel_shuffle": True,
        "conv_out_channels": [8],
    }
    if tells_scale:
        head |= {"scale_conv_out_channels": [4], "scale_final_hidden_sizes": [4, 4]}
    config = transformers.Sapiens2Config(
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_attention_heads=2,
        image_size=[48, 32],
        patch_size=16,
        num_labels=3,
        head_config=head,
    )
    return transformers.Sapiens2ForPointmapEstimation(config)
