"""Networks by transformers, each behind values of ours: detection, segmentation, depth."""
