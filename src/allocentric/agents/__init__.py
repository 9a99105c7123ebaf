"""Who answers: exact, floors, models behind an endpoint or in this process, people, tool users."""
