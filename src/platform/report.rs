//! A JSON object to the flat fields of a report, in the object's order. Verifies nothing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::model::event::{Field, Report};
use crate::text::cut;

/// How deep objects and lists may lie in each other: deeper is no alert.
pub const DEPTH_MAX: usize = 16;
/// Most fields of a report; those behind are left out. More fit no card and no filter.
pub const FIELDS_MAX: usize = 64;
/// Longest text of a field, in characters, with the `…` that ends a cut one.
pub const FIELD_CHARS_MAX: usize = 500;
/// Longest name of a field, in characters, dots included.
pub const NAME_CHARS_MAX: usize = 100;

/// Reads a body; the error is a word for the log. Nested members are named `a.b`, items of a list
/// `a.0`; nulls are left out. A name that comes twice has its last value.
pub fn read(body: &[u8]) -> Result<Report, &'static str> {
    let text = std::str::from_utf8(body).map_err(|_| "utf8")?;
    let mut fields = Vec::new();
    let mut json = serde_json::Deserializer::from_str(text);
    Flatten { name: String::new(), depth: 0, fields: &mut fields }
        .deserialize(&mut json)
        .and_then(|()| json.end())
        .map_err(|_| "json")?;
    Ok(Report { fields })
}

/// Writes the value of one name into the list.
struct Flatten<'a> {
    name: String,
    depth: usize,
    fields: &'a mut Vec<(String, Field)>,
}

impl Flatten<'_> {
    fn put(self, value: Field) {
        if let Some((_, known)) = self.fields.iter_mut().find(|(name, _)| *name == self.name) {
            *known = value;
        } else if self.fields.len() < FIELDS_MAX {
            self.fields.push((self.name, value));
        }
    }

    /// The same for what lies within this value.
    fn within(&mut self, name: &str) -> Flatten<'_> {
        let name = match self.depth {
            0 => name.to_owned(),
            _ => format!("{}.{name}", self.name),
        };
        let name = cut::chars(&name, NAME_CHARS_MAX);
        Flatten { name, depth: self.depth + 1, fields: self.fields }
    }

    /// The top is an object.
    fn check_scalar<E: Error>(&self) -> Result<(), E> {
        if self.depth == 0 { Err(E::custom("not an object")) } else { Ok(()) }
    }

    /// Nothing lies too deep.
    fn check_depth<E: Error>(&self) -> Result<(), E> {
        if self.depth >= DEPTH_MAX { Err(E::custom("too deep")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Flatten<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Flatten<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
        self.check_depth()?;
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(self.within(&name))?;
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(mut self, mut items: S) -> Result<(), S::Error> {
        self.check_scalar()?;
        self.check_depth()?;
        let mut i = 0;
        while items.next_element_seed(self.within(&i.to_string()))?.is_some() {
            i += 1;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.check_scalar()?;
        self.put(Field::Text(cut::chars(text, FIELD_CHARS_MAX)));
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.check_scalar()?;
        self.put(Field::Bool(value));
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.check_scalar()?;
        self.put(Field::Number(number));
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.check_scalar()
    }
}
