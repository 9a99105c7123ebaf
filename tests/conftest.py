"""Every test runs with shapes and types executed, and with the same random draws each time."""

import hypothesis
import jaxtyping

# Before anything imports the package: each of its functions and dataclasses is then checked as it is used.
# The numeric tower lets 1 pass for a float, as the static checker does.
jaxtyping.install_import_hook(
    "allocentric", "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"
)

# The machine's speed must not decide a test: no deadline, no health check that holds a clock.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")
