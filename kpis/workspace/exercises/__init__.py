"""The innovation exercise: an institution judges itself by observable levels, in two rounds."""
