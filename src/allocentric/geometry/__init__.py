"""Frames, poses, boxes, meshes, polygons, paths: pure geometry that knows no scene."""
