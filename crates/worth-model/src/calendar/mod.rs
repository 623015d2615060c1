//! Calendar: which days bring more purchases than others.

mod astronomy;
mod lunar;

pub use lunar::{LUNAR_YEARS, LunarDate, LunarFeast};
