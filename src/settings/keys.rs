//! The keys that settings may have. The derived code of a struct names them when it asks for one, so that no schema has to
//! be made for each check at every start.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};

/// The keys of a struct, as they are written.
pub(crate) fn keys<S: DeserializeOwned>() -> &'static [&'static str] {
    let mut keys = Keys(&[]);
    // What it asks for is all that is wanted.
    let _ = S::deserialize(&mut keys);
    keys.0
}

/// Whoever is asked for a struct.
struct Keys(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Keys {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is nothing here"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
