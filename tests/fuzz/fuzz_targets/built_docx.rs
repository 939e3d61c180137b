//! Documents of Word whose structure the fuzzer makes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = tekser_fuzz::reads(&tekser_fuzz::built::docx(data));
});
