"""Readers of other formats, one file each; a new one is a file and a line here."""

from typing import Final

from allocentric.worlds.readers import (
    allocentric_scene,
    argoverse2,
    aria_digital_twin,
    arkitscenes,
    boxes_json,
    cityjson,
    colmap,
    conceptgraphs,
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
    reconstruction_npz,
    redwood,
    scannet,
    scannetpp,
    spark_dsg,
    spatiallm,
    transforms,
    tum_rgbd,
    vsi_bench,
)
from allocentric.worlds.readers.reader import Reader
from allocentric.worlds.readers.stories import file as story_file
from allocentric.worlds.readers.stories import spatialtext, stepgame

READERS: Final[tuple[Reader, ...]] = (
    allocentric_scene.READER,
    boxes_json.READER,
    vsi_bench.READER,
    multiscan.READER,
    spark_dsg.READER,
    conceptgraphs.READER,
    procthor.READER,
    embodiedscan.READER,
    embodiedscan.EXTRINSIC,
    aria_digital_twin.READER,
    cityjson.READER,
    habitat.READER,
    nuscenes.READER,
    argoverse2.READER,
    kitti.READER,
    hololens_rgbd.READER,
    tum_rgbd.READER,
    redwood.READER,
    scannet.READER,
    scannetpp.READER,
    transforms.READER,  # which may tell more than a model of COLMAP's beside it: metres, depth
    colmap.READER,
    arkitscenes.READER,
    opensfm.READER,
    reconstruction_npz.READER,
    spatiallm.READER,
    panorama_layout.READER,
    mesh_file.READER,
    spatialtext.READER,
    stepgame.READER,
    story_file.READER,
)
"""In the order in which they are asked whether an input is their own."""
