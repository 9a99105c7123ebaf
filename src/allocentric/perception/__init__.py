"""Pictures back into a scene: fused surfaces, things lifted from masks, what each is known to."""
