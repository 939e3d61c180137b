//! Boxes: the nested parts that ISO base media and QuickTime files are made of.

use std::io;

use super::super::Context;
use crate::facts::{Damage, DamageKind};
use crate::source::{self, Source};

/// Boxes looked at in one file. A fragmented lesson of an hour has some 20,000.
const BOXES: u32 = 500_000;

/// Bytes of a table read at a time.
const BLOCK: usize = 64 * 1024;

/// A box: its name and where its content lies.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    pub(super) name: [u8; 4],
    pub(super) start: u64,
    pub(super) end: u64,
    /// The box says that it goes on behind the end of what holds it.
    pub(super) cut: bool,
}

impl Atom {
    /// The name as a person may read it.
    pub(super) fn text(&self) -> String {
        self.name.iter().map(|&byte| char::from(byte)).filter(|c| !c.is_control()).collect()
    }

    /// The same box without its first bytes.
    pub(super) fn skip(&self, bytes: u64) -> Atom {
        Atom { start: self.start.saturating_add(bytes).min(self.end), ..*self }
    }
}

/// Goes from box to box and notes what is broken on the way.
pub(super) struct Boxes<'a> {
    pub(super) source: &'a dyn Source,
    pub(super) context: &'a Context<'a>,
    pub(super) damage: Vec<Damage>,
    left: u32,
}

/// What is done with each box of a list.
pub(super) type Visit<'v, 'a> = &'v mut dyn FnMut(&mut Boxes<'a>, &Atom) -> io::Result<()>;

impl<'a> Boxes<'a> {
    pub(super) fn new(source: &'a dyn Source, context: &'a Context<'a>) -> Boxes<'a> {
        Boxes { source, context, damage: Vec::new(), left: BOXES }
    }

    /// The box at `at`, cut to `end`; none if there is no header or the budget is spent.
    pub(super) fn at(&mut self, at: u64, end: u64) -> io::Result<Option<Atom>> {
        if self.left == 0 || (self.left.is_multiple_of(1024) && self.context.deadline.is_over()) {
            let kind = if self.left == 0 { DamageKind::OverLimit } else { DamageKind::OverTime };
            if !self.damage.iter().any(|damage| damage.what == kind) {
                self.damage.push(Damage::new(kind).at(at));
            }
            return Ok(None);
        }
        self.left -= 1;
        let header = source::read(self.source, at, 16)?;
        if header.len() < 8 || at + 8 > end {
            return Ok(None);
        }
        let name = [header[4], header[5], header[6], header[7]];
        let (length, declared) = match be32(&header, 0).unwrap_or(0) {
            0 => (8, end - at),
            1 => match be64(&header, 8) {
                Some(size) => (16, size),
                None => return Ok(None),
            },
            size => (8, u64::from(size)),
        };
        if declared < length {
            return Ok(None);
        }
        let declared_end = at.saturating_add(declared);
        let atom_end = declared_end.min(end);
        Ok(Some(Atom { name, start: (at + length).min(atom_end), end: atom_end, cut: declared_end > end }))
    }

    /// Calls `visit` with every box inside `parent`.
    pub(super) fn children(&mut self, parent: &Atom, visit: Visit<'_, 'a>) -> io::Result<()> {
        let mut at = parent.start;
        // QuickTime ends its lists with four zero bytes, which are no box.
        while at + 8 <= parent.end {
            let Some(atom) = self.at(at, parent.end)? else { break };
            visit(self, &atom)?;
            at = atom.end;
        }
        Ok(())
    }

    /// At most `length` bytes of the content of a box.
    pub(super) fn body(&self, atom: &Atom, length: u64) -> io::Result<Vec<u8>> {
        let length = length.min(atom.end - atom.start);
        source::read(self.source, atom.start, usize::try_from(length).unwrap_or(0))
    }

    /// Number of rows of a table box: version and flags, a count, rows of `width` bytes. The count is believed only as
    /// far as there are bytes.
    pub(super) fn rows(&mut self, atom: &Atom, width: usize) -> io::Result<u64> {
        let Some(declared) = be32(&self.body(atom, 8)?, 4) else { return Ok(0) };
        let present = (atom.end - atom.start).saturating_sub(8) / width as u64;
        if u64::from(declared) > present {
            self.damage.push(Damage::new(DamageKind::Contradiction).at(atom.start).because(atom.text()));
        }
        Ok(u64::from(declared).min(present))
    }

    /// Calls `visit` with every row of a table box.
    pub(super) fn table(&mut self, atom: &Atom, width: usize, visit: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let rows = self.rows(atom, width)?;
        self.rows_at(atom.start + 8, rows, width, visit)
    }

    /// Calls `visit` with every one of `rows` rows from `at` on.
    pub(super) fn rows_at(
        &mut self,
        mut at: u64,
        mut rows: u64,
        width: usize,
        visit: &mut dyn FnMut(&[u8]),
    ) -> io::Result<()> {
        while rows > 0 {
            if self.context.deadline.is_over() {
                self.damage.push(Damage::new(DamageKind::OverTime).at(at));
                break;
            }
            let count = rows.min((BLOCK / width) as u64);
            let bytes = source::read(self.source, at, count as usize * width)?;
            bytes.chunks_exact(width).for_each(&mut *visit);
            at += count * width as u64;
            rows -= count;
        }
        Ok(())
    }
}

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
