//! The real binary, driven as users drive it, on temporary folders.

mod bad_files;
mod common;
mod demo;
mod lifetime;
mod nothing_lost;
mod planted;
mod real_data;
mod survey;
mod vietnamese_exports;
mod workspace;
