"""Networks are tested without a network: nothing is fetched."""

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, as the hub's library is first loaded
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
