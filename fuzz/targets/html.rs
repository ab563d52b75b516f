//! Bytes from the fuzzer -> the laws of `laws::html`.
#![no_main]
#![allow(dead_code)] // each target is one of the laws

#[path = "../laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::html(data));
