"""People: skeletons and poses, clothes, faces, hair and hats."""
