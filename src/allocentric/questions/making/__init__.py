"""Making sets of questions: from many scenes, at any count, with as many workers as there are."""
