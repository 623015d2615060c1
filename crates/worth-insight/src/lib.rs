//! Questions about customers.
