"""Vision-language models of a few thousand random weights, saved as their makers release them."""

import pathlib
from typing import Any, Final

import tokenizers
import torch
import transformers

NAMES: Final = ("im_start", "im_end", "vision_start", "vision_end", "image_pad", "video_pad")
MARKS: Final = [f"<|{name}|>" for name in NAMES]
TEMPLATE: Final = (
    "{% for turn in messages %}<|im_start|>{{ turn.role }}\n"
    "{% if turn.content is string %}{{ turn.content }}{% else %}{% for part in turn.content %}"
    "{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ part.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
TEXT: Final[dict[str, Any]] = {
    "hidden_size": 32,
    "intermediate_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}

VISION: Final[dict[str, Any]] = {
    "depth": 2,
    "hidden_size": 32,
    "num_heads": 2,
    "intermediate_size": 32,
    "out_hidden_size": 32,
}


def words(folder: pathlib.Path) -> Any:
    """A tokenizer of bytes with the marks of a chat, trained on nothing."""
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=300, special_tokens=MARKS, initial_alphabet=alphabet)
    made.train_from_iterator(["How many chairs are there?"], trainer)
    ends = {"eos_token": "<|im_end|>", "pad_token": "<|im_end|>"}
    held = transformers.PreTrainedTokenizerFast(tokenizer_object=made, **ends)
    held.chat_template = TEMPLATE
    held.save_pretrained(folder)
    return held


def qwen(folder: pathlib.Path, kind: str = "qwen2_5_vl") -> pathlib.Path:
    """A Qwen-VL of this kind in a folder."""
    torch.manual_seed(3)
    tokenizer = words(folder)
    ids = dict(zip(NAMES, tokenizer.convert_tokens_to_ids(MARKS)))
    patch = 16 if kind == "qwen3_vl" else 14
    transformers.Qwen2VLImageProcessorPil(
        patch_size=patch, merge_size=2, size={"shortest_edge": 4 * patch**2, "longest_edge": 64 * patch**2}
    ).save_pretrained(folder)
    marks = {
        "image_token_id": ids["image_pad"],
        "video_token_id": ids["video_pad"],
        "vision_start_token_id": ids["vision_start"],
        "vision_end_token_id": ids["vision_end"],
    }
    end = {
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.eos_token_id,
        "bos_token_id": None,
    }
    rope = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [1, 1, 2]}
    text = {**TEXT, **end, "vocab_size": len(tokenizer), "rope_parameters": rope}
    vision = {**VISION, "patch_size": patch}
    if kind == "qwen3_vl":
        vision |= {"deepstack_visual_indexes": [0], "num_position_embeddings": 64}
        config: Any = transformers.Qwen3VLConfig(
            text_config={**text, "head_dim": 8}, vision_config=vision, **marks
        )
        network: Any = transformers.Qwen3VLForConditionalGeneration(config)
    else:
        vision |= {"fullatt_block_indexes": [1]}
        config = transformers.Qwen2_5_VLConfig(text_config=text, vision_config=vision, **marks)
        network = transformers.Qwen2_5_VLForConditionalGeneration(config)
    network.save_pretrained(folder)
    return folder
