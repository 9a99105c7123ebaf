"""From a folder of pictures to a scene file and a report: `allo scan`, stage by stage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from allocentric.jobs import atomic_write
from allocentric.perception.known_length import read_known, with_known_lengths
from allocentric.perception.scan_depth import Deep, of_depth
from allocentric.perception.scan_input import Posed, on_the_earth, placed_by_motion, posed_in, sparse_points
from allocentric.perception.scan_report import ScanReport, html, report_of
from allocentric.perception.scan_wanted import NOTHING_MORE, UNWATCHED, Wanted, Watch
from allocentric.perception.scan_work import Work, files_in, fingerprint, make_folder
from allocentric.scene.file import to_json
from allocentric.scene.scene import Scene
from allocentric.views.plan import draw_plan

WORK: Final = "work"
MOTION: Final = "motion"
SCENE, REPORT, PAGE, PLAN = "scene.json", "report.json", "report.html", "plan.png"
SURFACE, POINTS = "mesh.ply", "points.ply"


def scan(
    folder: str | Path, out: str | Path, wanted: Wanted = NOTHING_MORE, *, watch: Watch = UNWATCHED
) -> ScanReport:
    """The scene that a folder of pictures shows, put into the folder `out` with a report on it.

    `out` gets `scene.json`, `report.json`, `report.html` and `plan.png`, of depth `mesh.ply`, of photographs
    alone `points.ply`; and `work`, what each stage made. A scan that was stopped goes on behind the last
    stage that was done, and ends as if it had not been. Raises BadInput, for what is wrong with the folder
    before anything is written.
    """
    folder, out = Path(folder), Path(out)
    for text in wanted.known:
        read_known(text)
    held = posed_in(folder, wanted.format)
    made_of = fingerprint(files_in(folder, but=out), wanted.format)
    if held is None:
        posed = placed_by_motion(folder, out / WORK / MOTION, watch.told)
    else:
        posed = Posed(held, len(held.views))
    if wanted.geo or wanted.control is not None:
        posed = replace(posed, scene=on_the_earth(posed.scene, folder, wanted.control))
    deep = None
    if posed.deep:
        deep = of_depth(posed.scene, folder, wanted, made_of=made_of, work=Work(out / WORK), watch=watch)
    scene = with_known_lengths(posed.scene if deep is None else deep.scene, wanted.known)
    return _written(scene, posed, deep, folder=folder, out=out)


def _written(scene: Scene, posed: Posed, deep: Deep | None, *, folder: Path, out: Path) -> ScanReport:
    """Put the scene and the report on it into the folder, the scene last."""
    plan = draw_plan(scene, title=scene.id)
    clouds = {SURFACE: None if deep is None else deep.surface_ply, POINTS: sparse_points(posed)}
    files = {PLAN: plan.png()} | {name: data for name, data in clouds.items() if data is not None}
    told = report_of(
        scene,
        posed,
        folder=str(folder),
        checks=() if deep is None else deep.checks,
        looked_for=deep is not None and deep.looked_for,
        files=(*files, PAGE, REPORT, SCENE),
    )
    files |= {
        PAGE: html(told, plan_svg=plan.svg(), house_png=None if deep is None else deep.house_png),
        REPORT: told.json(),
        SCENE: to_json(scene),
    }
    make_folder(out)
    for name, data in files.items():
        atomic_write(out / name, data)
    return told
