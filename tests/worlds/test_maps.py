"""Maps of every format become one scene on the globe; what they leave open is asked for, never guessed."""

import json
import pathlib
import zipfile
from collections import Counter
from typing import Any

import numpy as np
import pytest
import shapely

from allocentric.errors import BadInput
from allocentric.geometry import globe
from allocentric.query.ask import ask
from allocentric.scene.file import from_json, to_json
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import Measured
from allocentric.worlds.maps import on_plane, read_map
from allocentric.worlds.read import read
from tests.real_data import folder


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def written(path: pathlib.Path, *features: dict[str, Any], **more: Any) -> pathlib.Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}))
    return path


SQUARE = [[[7.0, 50.0], [7.01, 50.0], [7.01, 50.01], [7.0, 50.01], [7.0, 50.0]]]
TOWN = (
    feature("Polygon", SQUARE, name="Aue", leisure="park"),
    feature("Point", [7.005, 50.005], name="Oak", natural="tree"),
    feature("LineString", [[6.99, 50.0], [7.02, 50.02]], highway="residential"),
    feature("Polygon", SQUARE, building="yes"),
    feature("MultiPolygon", [SQUARE], landuse="forest"),
    {"type": "Feature", "properties": {"name": "nowhere"}, "geometry": None},
)


def value(scene: Scene, program: str) -> Any:
    result = ask(scene, program).result
    return result.value if isinstance(result, Measured) else result


def test_geojson_is_read_without_any_extra_and_labelled_by_its_tags(tmp_path: pathlib.Path) -> None:
    scene = read(written(tmp_path / "town.geojson", *TOWN))
    assert scene.space == "globe"
    assert scene.labels == ("park", "tree", "road", "building", "forest")
    assert scene.names == ("Aue", "Oak", "road", "building", "forest")
    assert "1 features without a shape" in scene.source.warnings[0]
    assert value(scene, 'topology(the("Oak"), the("Aue"))') == "inside"
    assert value(scene, 'topology(the("road"), the("Aue"))') == "crosses"
    assert [each.wkb for each in shapes(from_json(to_json(scene)))] == [each.wkb for each in shapes(scene)]


def shapes(scene: Scene) -> list[shapely.Geometry]:
    return [each.polygon for each in scene.shapes if isinstance(each, Footprint)]


def test_a_feature_alone_and_a_shape_alone_are_maps_too(tmp_path: pathlib.Path) -> None:
    one, bare = tmp_path / "one.geojson", tmp_path / "bare.geojson"
    one.write_text(json.dumps(TOWN[1]))
    bare.write_text(json.dumps(TOWN[0]["geometry"]))
    assert read(one).names == ("Oak",)
    assert read(bare).labels == ("area",)


@pytest.mark.parametrize(
    ("coordinates", "more", "says"),
    [
        ([50.005, 107.0], {}, "latitude seems to stand before longitude"),
        ([733601.0, 3724689.0], {}, "no longitude and latitude in degrees"),
        ([7.0, 50.0], {"crs": None}, "its system is not known"),
        ([7.0, 50.0], {"crs": {"type": "name", "properties": {"name": "EPSG:999999"}}}, "is not known"),
        ([7.0], {}, "cannot be read"),
        ([float("nan"), 50.0], {}, "NaN"),
    ],
)
def test_what_is_no_place_in_its_system_is_refused_with_the_way_out(
    tmp_path: pathlib.Path, coordinates: Any, more: dict[str, Any], says: str
) -> None:
    pytest.importorskip("pyproj")
    with pytest.raises(BadInput) as refused:
        read(written(tmp_path / "town.geojson", feature("Point", coordinates), **more))
    assert says in str(refused.value) or says == "NaN"
    assert refused.value.mend


def test_names_labels_system_and_completeness_may_be_declared(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pyproj")
    utm = feature("Point", [733601.0, 3724689.0], code="A7", sort="Well")
    scene = read_map(
        written(tmp_path / "wells.geojson", utm), name="code", label="sort", crs="EPSG:32616", complete=False
    )
    assert (scene.names, scene.labels, scene.complete) == (("A7",), ("well",), None)
    assert scene.centers[0, :2] == pytest.approx((-84.4811, 33.6364), abs=1e-3)
    with pytest.raises(BadInput, match="no feature has the property 'cod'"):
        read_map(tmp_path / "wells.geojson", name="cod", crs="EPSG:32616")


def test_what_jumps_over_longitude_180_is_one_shape_of_its_true_size(tmp_path: pathlib.Path) -> None:
    ring = [[[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 1.0], [179.0, 0.0]]]
    line = [[179.5, 0.0], [-179.5, 0.0]]
    scene = read(written(tmp_path / "fiji.geojson", feature("Polygon", ring), feature("LineString", line)))
    assert value(scene, 'area(the("area"))') == pytest.approx(2 * 12308778361.469, rel=1e-3)
    assert value(scene, 'length(the("line"))') == pytest.approx(111319.49, abs=0.01)
    polar = [[[0.0, 80.0], [120.0, 80.0], [-120.0, 80.0], [0.0, 80.0]]]
    with pytest.raises(BadInput, match="round a pole"):
        read(written(tmp_path / "cap.geojson", feature("Polygon", polar)))


def test_on_a_plane_a_map_has_metres_east_and_north(tmp_path: pathlib.Path) -> None:
    scene = read(written(tmp_path / "town.geojson", *TOWN))
    flat = on_plane(scene, at=(7.0, 50.0))
    assert flat.space == "solid"
    for program in ('area(the("Aue"))', 'length(the("road"))', 'distance(the("Oak"), the("road"))'):
        assert value(flat, program) == pytest.approx(value(scene, program), rel=1e-5)
    assert value(flat, 'topology(the("Oak"), the("Aue"))') == "inside"
    assert value(flat, 'offset(the("Oak"), north(), axis="forward")') == pytest.approx(556.2, abs=0.5)
    with pytest.raises(BadInput, match="reaches"):
        on_plane(scene, at=(20.0, 50.0))


def test_geopackage_shapefile_zip_and_parquet_hold_what_the_geojson_does(tmp_path: pathlib.Path) -> None:
    gdal = pytest.importorskip("pyogrio")
    parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    shape = shapely.geometry.shape(TOWN[0]["geometry"])
    moved = np.array([shapely.transform(shape, _to_utm)], dtype=object)
    told = {"geometry_type": "Polygon", "crs": "EPSG:32632"}
    fields = ([np.array(["Aue"], dtype=object), np.array(["park"], dtype=object)], ["name", "leisure"])
    for name in ("town.gpkg", "town.shp"):
        gdal.raw.write(tmp_path / name, shapely.to_wkb(moved), *fields, **told)
    with zipfile.ZipFile(tmp_path / "town.zip", "w") as packed:
        for each in tmp_path.glob("town.[sdcp][hbrp][pxfjg]"):
            packed.write(each, each.name)
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = arrow.table({"geometry": [shape.wkb], "name": ["Aue"], "leisure": ["park"]})
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "town.parquet")
    for name in ("town.gpkg", "town.shp", "town.zip", "town.parquet"):
        scene = read(tmp_path / name)
        assert (scene.names, scene.labels) == (("Aue",), ("park",)), name
        assert value(scene, 'area(the("Aue"))') == pytest.approx(globe.area_m2(shape), rel=1e-6), name
    (tmp_path / "town.prj").unlink()
    with pytest.raises(BadInput, match="no reference system is declared"):
        read(tmp_path / "town.shp")
    assert read_map(tmp_path / "town.shp", crs="EPSG:32632").names == ("Aue",)


def _to_utm(places: np.ndarray) -> np.ndarray:
    pyproj = pytest.importorskip("pyproj")
    change = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:32632", always_xy=True)
    return np.stack(change.transform(*places.T), axis=1)


def test_an_extract_of_openstreetmap_has_its_nodes_ways_and_areas(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pyogrio")
    nodes = [(1, 50.0, 7.0), (2, 50.0, 7.01), (3, 50.01, 7.01), (4, 50.005, 7.02)]
    text = "".join(f'<node id="{i}" lat="{y}" lon="{x}" version="1"/>' for i, y, x in nodes)
    text += '<node id="5" lat="50.002" lon="7.005" version="1"><tag k="natural" v="tree"/></node>'
    text += '<way id="1" version="1"><nd ref="1"/><nd ref="4"/><tag k="highway" v="primary"/></way>'
    ring = "".join(f'<nd ref="{i}"/>' for i in (1, 2, 3, 1))
    text += f'<way id="2" version="1">{ring}<tag k="building" v="yes"/><tag k="name" v="Mill"/></way>'
    path = tmp_path / "town.osm"
    path.write_text(f'<?xml version="1.0"?><osm version="0.6">{text}</osm>')
    scene = read(path)
    assert sorted(scene.labels) == ["building", "road", "tree"]
    assert "Mill" in scene.names


def test_a_raster_of_classes_is_its_regions_and_any_other_a_picture(tmp_path: pathlib.Path) -> None:
    raster = pytest.importorskip("rasterio")
    step = raster.Affine(10.0, 0.0, 500000.0, 0.0, -10.0, 5540000.0)
    cover = np.array([[1, 1, 2], [1, 3, 2], [3, 3, 1]], dtype=np.uint8)
    told = {"driver": "GTiff", "height": 3, "width": 3, "crs": "EPSG:32632", "transform": step}
    with raster.open(tmp_path / "cover.tif", "w", count=1, dtype="uint8", **told) as held:
        held.write(cover, 1)
    with raster.open(tmp_path / "photo.tif", "w", count=3, dtype="uint8", **told) as held:
        held.write(np.stack([cover] * 3))
    scene = read(tmp_path / "cover.tif")
    assert Counter(scene.labels) == {"class 1": 2, "class 2": 1, "class 3": 1}
    assert value(scene, 'total(all("class 1"), by=area)') == pytest.approx(400, rel=2e-3)
    photo = read(tmp_path / "photo.tif")
    assert photo.labels == ("image",)
    assert photo.views[0].size_px == (3, 3)
    assert value(photo, 'area(the("image"))') == pytest.approx(900, rel=2e-3)


def test_every_capital_lies_in_the_country_that_its_own_coordinates_say() -> None:
    pytest.importorskip("pyogrio")
    earth = folder("geo_natural_earth")
    countries = read(earth / "naturalearth_lowres" / "naturalearth_lowres.shp")
    cities = read(earth / "naturalearth_cities" / "naturalearth_cities.shp")
    assert (len(countries), len(cities)) == (177, 243)
    held = shapely.STRtree([globe.charted(each) for each in shapes(countries)])
    spots = shapely.points(cities.centers[:, :2])
    found = {cities.names[city]: countries.names[row] for city, row in held.query(spots, "within").T.tolist()}
    known = {"Vienna": "Austria", "Paris": "France", "Nairobi": "Kenya", "Maseru": "Lesotho", "Lima": "Peru"}
    known |= {"Pretoria": "South Africa", "Canberra": "Australia", "Moscow": "Russia", "Brasília": "Brazil"}
    assert {city: found[city] for city in known} == known
    assert len(found) > 190  # the rest lie on islands and coasts that so coarse a map leaves out
    spot = cities.centers[cities.row("Vienna"), :2].tolist()
    assert value(countries, f'topology(shape([{spot}], world()), the("Austria"))') == "inside"
    assert value(countries, f'inside(shape([{spot}], world()), the("Slovakia"))') is False


def test_areas_of_all_countries_are_those_of_proj() -> None:
    proj = pytest.importorskip("pyproj").Geod(ellps="WGS84")
    pytest.importorskip("pyogrio")
    countries = read(folder("geo_natural_earth") / "naturalearth_lowres" / "naturalearth_lowres.shp")
    for name, shape in zip(countries.names, shapes(countries), strict=True):
        whole = abs(proj.geometry_area_perimeter(shapely.orient_polygons(shape))[0])
        assert globe.area_m2(shape) == pytest.approx(whole, rel=1e-10), name


def test_one_tile_of_buildings_is_the_same_from_metres_and_from_degrees() -> None:
    pytest.importorskip("pyproj")
    tile = folder("geo_spacenet")
    metres, degrees = read(tile / "gt.geojson"), read(tile / "gt_epsg4326.json")
    assert len(metres) == len(degrees) == 28
    assert np.abs(metres.centers - degrees.centers).max() < 1e-8
    for name in ("overlap_test.geojson", "geotiff_custom_proj_labels.geojson"):  # metres that name no system
        with pytest.raises(BadInput, match="no longitude and latitude in degrees"):
            read(tile / name)


def test_land_cover_as_a_raster_covers_what_its_polygons_do(tmp_path: pathlib.Path) -> None:
    raster = pytest.importorskip("rasterio")
    patch = folder("geo_eopatch") / "TestEOPatch"
    polygons = read(patch / "vector_timeless" / "LULC.gpkg")
    cover = np.load(patch / "mask_timeless" / "LULC.npy")[..., 0]
    box = json.loads((patch / "bbox.geojson").read_text())["coordinates"][0]
    (left, low), (right, high) = np.min(box, axis=0), np.max(box, axis=0)
    across, down = (right - left) / cover.shape[1], (high - low) / cover.shape[0]
    step = raster.Affine(across, 0.0, left, 0.0, -down, high)
    told = {
        "driver": "GTiff",
        "height": cover.shape[0],
        "width": cover.shape[1],
        "count": 1,
        "dtype": "uint8",
    }
    with raster.open(tmp_path / "cover.tif", "w", crs="EPSG:32633", transform=step, **told) as held:
        held.write(cover.astype(np.uint8), 1)
    regions = read(tmp_path / "cover.tif")
    window = shapely.box(
        *np.concatenate([regions.centers[:, :2].min(axis=0), regions.centers[:, :2].max(axis=0)])
    )
    codes = {"class 2": "forest", "class 3": "grassland"}
    for code, label in codes.items():
        own = sum(
            globe.area_m2(shape) for shape, each in zip(shapes(regions), regions.labels) if each == code
        )
        drawn = [shape for shape, each in zip(shapes(polygons), polygons.labels) if each == label]
        told_m2 = globe.area_m2(shapely.union_all(drawn).intersection(window))
        assert own == pytest.approx(told_m2, rel=0.06), label
