"""Readers of other formats, one file each; a new one is a file and a line here."""

from typing import Final

from allocentric.worlds.readers import (
    allocentric_scene,
    aria_digital_twin,
    arkitscenes,
    boxes_json,
    cityjson,
    colmap,
    embodiedscan,
    habitat,
    hololens_rgbd,
    kitti,
    mesh_file,
    multiscan,
    nuscenes,
    opensfm,
    panorama_layout,
    procthor,
    redwood,
    scannet,
    spark_dsg,
    spatiallm,
    transforms,
    tum_rgbd,
    vsi_bench,
)
from allocentric.worlds.readers.reader import Reader

READERS: Final[tuple[Reader, ...]] = (
    allocentric_scene.READER,
    boxes_json.READER,
    vsi_bench.READER,
    multiscan.READER,
    spark_dsg.READER,
    procthor.READER,
    embodiedscan.READER,
    embodiedscan.EXTRINSIC,
    aria_digital_twin.READER,
    cityjson.READER,
    habitat.READER,
    nuscenes.READER,
    kitti.READER,
    hololens_rgbd.READER,
    tum_rgbd.READER,
    redwood.READER,
    scannet.READER,
    colmap.READER,
    arkitscenes.READER,
    transforms.READER,
    opensfm.READER,
    spatiallm.READER,
    panorama_layout.READER,
    mesh_file.READER,
)
"""In the order in which they are asked whether an input is their own."""
