"""Record layouts: questions as the files of ours and of others hold them, read and written."""
