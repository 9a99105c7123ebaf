"""Questions with computed truth: what one is, its families, how sets are made, checked and audited."""
