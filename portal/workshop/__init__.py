"""The workshop: texts of the library on their way to readers, each version kept, each published by a second person."""
