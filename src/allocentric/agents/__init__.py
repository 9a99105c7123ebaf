"""Who answers a prompt: exact programs, models behind an endpoint or on this machine, people, floors."""
