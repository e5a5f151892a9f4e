//! A value with its stored form beside it: what is hashed is what is kept, and it is made once.

use std::ops::Deref;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_bytes::ByteBuf;

/// A value inside a record, kept as its encoded bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<T> {
    value: T,
    bytes: Vec<u8>,
}

impl<T: Serialize> Stored<T> {
    /// Encodes a value.
    pub fn new(value: T) -> Self {
        let bytes = super::table::encoded(&value);
        Self { value, bytes }
    }
}

impl<T> Stored<T> {
    /// The stored form.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Serialize for Stored<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.bytes)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Stored<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = ByteBuf::deserialize(from)?.into_vec();
        let value = rmp_serde::from_slice(&bytes).map_err(D::Error::custom)?;
        Ok(Self { value, bytes })
    }
}
