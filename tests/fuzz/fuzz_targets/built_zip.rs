//! Archives whose structure the fuzzer makes, read by three readers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| {
    let archive = tekser_fuzz::built::zip(data);
    if tekser_fuzz::survives(&archive, "quiz.zip", &[Format::Zip], Listen::Nothing) {
        tekser_fuzz::readers_agree(&archive);
    }
});
