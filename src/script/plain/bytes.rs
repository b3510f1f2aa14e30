//! Numbers as the VM's buffers hold them: little-endian, side by side.

use mlua::Buffer;

/// A number that a buffer can hold.
pub(super) trait Bytes: Copy {
    fn put(self, into: &mut Vec<u8>);
}

impl Bytes for f64 {
    fn put(self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.to_le_bytes());
    }
}

impl Bytes for u32 {
    fn put(self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.to_le_bytes());
    }
}

pub(super) fn bytes_of<T: Bytes>(values: &[T]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size_of_val(values));
    values.iter().for_each(|value| value.put(&mut bytes));
    bytes
}

/// The numbers of agents, from 1, as the loop has them; 0 for nobody.
pub(super) fn from_one(agents: &[u32]) -> Vec<u8> {
    agents.iter().flat_map(|agent| agent.wrapping_add(1).to_le_bytes()).collect()
}

pub(super) fn numbers_of(bytes: &[u8]) -> Vec<f64> {
    bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect()
}

pub(super) fn words_of(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

pub(super) fn u32_at(buffer: &Buffer, offset: usize) -> u32 {
    u32::from_le_bytes(buffer.read_bytes(offset))
}
