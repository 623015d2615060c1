//! Whole files of every format, encoding and line ending, and every way they can be broken.
