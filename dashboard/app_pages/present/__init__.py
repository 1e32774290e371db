"""Present: ready stories, the reader's own story, and the way onto the stage."""
