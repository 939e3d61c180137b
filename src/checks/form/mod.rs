//! The application form of a submission: which file it is, and what was written into it. Labels come from the profile;
//! people write them and what they fill in in two languages, with the letters that their keyboard has.

mod documents;
mod fields;
mod labels;

pub(crate) use documents::{Document, Form, Recognition, documents, forms, named};
