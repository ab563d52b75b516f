//! Documents from small readings.

mod arrangement;
mod builder;
mod columns;
mod layouts;
mod pages;
