//! Documents from small readings.

mod builder;
mod columns;
mod layouts;
mod pages;
