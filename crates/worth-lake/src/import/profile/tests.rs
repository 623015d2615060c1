//! Profiles of whole files.
