"""What makes a picture worse, in physical units, and on a scale from 0 to 5."""
