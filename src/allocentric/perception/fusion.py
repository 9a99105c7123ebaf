"""Posed depth pictures fused into one surface: truncated signed distances in voxels, averaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.perception.frames import Frame, frame_of
from allocentric.scene.scene import View

VOXEL_M: Final = 0.02
FARTHEST_M: Final = 5.0
TRUNCATED: Final = 4.0  # voxels on either side of a surface
TIMES: Final = 2.0  # views that must have seen a piece of surface
BLOCK: Final = 16  # voxels along a block's edge
BLOCKS: Final = 4096  # to begin with; the grid grows

Watch = Callable[[Iterator[str]], Iterable[str]]


def fuse(
    views: Sequence[View],
    *,
    voxel_m: float = VOXEL_M,
    farthest_m: float = FARTHEST_M,
    times: float = TIMES,
    watch: Watch = iter,
) -> Mesh:
    """The surface that posed depth pictures show together, in the world of their poses, metres.

    Views have poses in metres (`deep_views`). Depth beyond `farthest_m` is left out, and so is surface seen
    from fewer than `times` views (as many as there are, where they are fewer). What is thinner than about
    two voxels is lost. `watch` is handed the ids of the views as they are done. Needs the extra `recon`.
    Raises BadInput where nothing comes of it.
    """
    if not 0 < voxel_m < farthest_m:
        what = f"voxels of {voxel_m} m in depths up to {farthest_m} m"
        raise BadInput(what, where="fuse", mend="give voxels above 0, and smaller than the farthest depth")
    if not views:
        raise BadInput("there is no view to fuse", where="fuse", mend="give views with depth")
    origin_m = np.mean([view.world_from_camera.translation_m for view in views], axis=0)
    grid = _Grid(voxel_m, farthest_m)

    def done() -> Iterator[str]:
        for view in views:
            grid.add(frame_of(view), origin_m)
            yield view.id

    for _ in watch(done()):
        pass
    vertices_m, faces = grid.surface(min(times, float(len(views))))
    if not len(faces):
        what = f"{len(views)} views fuse into no surface at all"
        mend = "check the poses and the unit of depth, give larger voxels, or a farther `farthest_m`"
        raise BadInput(what, where="fuse", mend=mend)
    return _in_order(vertices_m + origin_m, faces)


def _in_order(vertices_m: Any, faces: Any) -> Mesh:
    """The surface with its vertices and faces sorted: the library's threads end in any order."""
    vertices_m, place = np.unique(vertices_m, axis=0, return_inverse=True)
    faces = place.reshape(-1)[faces]
    whole = (faces != np.roll(faces, 1, axis=1)).all(axis=1)
    turn = (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3
    return Mesh(vertices_m, np.unique(np.take_along_axis(faces, turn, axis=1)[whole], axis=0))


class _Grid:
    """Open3D's sparse grid of voxels, about an origin near the cameras: it counts in float32."""

    def __init__(self, voxel_m: float, farthest_m: float) -> None:
        self._o3d = open3d_for("fusing depth")
        core = self._o3d.core
        self._farthest_m = farthest_m
        self._grid = self._o3d.t.geometry.VoxelBlockGrid(
            ("tsdf", "weight"),
            (core.float32, core.float32),
            ((1,), (1,)),
            voxel_m,
            BLOCK,
            BLOCKS,
            core.Device("CPU:0"),
        )

    def add(self, frame: Frame, origin_m: Any) -> None:
        """Take in one frame; one without any depth in reach adds nothing."""
        core, camera = self._o3d.core, frame.camera
        depth = np.where(frame.depth_m < self._farthest_m, frame.depth_m, 0).astype(np.float32)
        if not depth.any():
            return
        image = self._o3d.t.geometry.Image(core.Tensor(np.ascontiguousarray(depth[..., None])))
        # The library cuts coordinates off where it looks a pixel up: it counts from the corner, as we do.
        lens = np.array([[camera.fx_px, 0, camera.cx_px], [0, camera.fy_px, camera.cy_px], [0, 0, 1]])
        inverse = frame.world_from_camera.inverse()
        matrix = np.eye(4)
        matrix[:3, :3] = inverse.rotation
        matrix[:3, 3] = inverse.apply(origin_m)
        told = core.Tensor(lens), core.Tensor(matrix)
        reach = 1.0, self._farthest_m, TRUNCATED
        blocks = self._grid.compute_unique_block_coordinates(image, *told, *reach)
        self._grid.integrate(blocks, image, *told, *reach)

    def surface(self, times: float) -> tuple[Any, Any]:
        """Vertices and faces of what was seen so often."""
        # The library keeps what has more than this weight; and takes a grid of nothing for an error.
        try:
            mesh = self._grid.extract_triangle_mesh(times - 0.5)
        except RuntimeError:
            return np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)
        if not len(mesh.triangle):
            return np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)
        return mesh.vertex.positions.numpy().astype(float), mesh.triangle.indices.numpy().astype(np.int64)


def open3d_for(purpose: str) -> Any:
    """The library Open3D; raises BadInput, naming the extra, where it is not installed."""
    try:
        import open3d  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        what = f"{purpose} needs open3d, which is not installed"
        raise BadInput(what, where=purpose, mend="pip install allocentric[recon]") from None
    return open3d
