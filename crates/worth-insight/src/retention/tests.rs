//! Hand-made shops whose arithmetic is written out, and sheets.
