//! The inside of archives and of unpacked apps. Every entry is unpacked once, in memory, and its checksum is checked;
//! nothing is ever written to a disk.

use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Context, Limits, archive, document, probe_nested};
use crate::facts::{
    Bundle, Damage, DamageKind, Entry, FileFacts, Format, Identity, Kind, PackageFacts, Scan, Unread, Unscanned,
};
use crate::identify::identify;
use crate::source::zip::{ZipEntry, ZipFile};
use crate::source::{Memory, Source};

/// Bytes unpacked at a time.
const PIECE: usize = 64 * 1024;

/// Deflate makes at most so many bytes of one: more are not worth reserving, whatever an entry declares.
const DEFLATE_RATIO: u64 = 1032;

/// Bytes of a large entry.
const LARGE: u64 = 1 << 20;

/// Bytes kept of an entry that is too large to be held; enough to say what it is.
const HEAD: usize = 64 * 1024;

/// Unpacked bytes that a submission may still ask for. Shared by all threads that work on it.
pub(super) struct Budget {
    left: AtomicU64,
    /// Why there is not more.
    short: Unread,
}

impl Budget {
    /// For a submission of `packed` bytes: what the limits allow in all, or so many times its own size.
    pub(super) fn new(limits: &Limits, packed: u64) -> Budget {
        let in_proportion = packed.saturating_mul(limits.unpacked_ratio).max(limits.ratio_from_bytes);
        let short = if in_proportion < limits.unpacked_bytes { Unread::Bomb } else { Unread::Limit };
        Budget { left: AtomicU64::new(in_proportion.min(limits.unpacked_bytes)), short }
    }

    /// For files that are not packed.
    fn unpacked(limits: &Limits) -> Budget {
        Budget { left: AtomicU64::new(limits.unpacked_bytes), short: Unread::Limit }
    }

    /// There are so many bytes left; else why not.
    fn look(&self, bytes: u64) -> Result<(), Unread> {
        if self.left.load(Ordering::Relaxed) >= bytes { Ok(()) } else { Err(self.short) }
    }

    /// Takes `bytes`; an error, and nothing taken, if they are not there any more.
    pub(super) fn take(&self, bytes: u64) -> Result<(), Unread> {
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        taken.map(|_| ()).map_err(|_| self.short)
    }
}

/// Looks into a ZIP archive.
pub(super) fn probe_zip(source: &dyn Source, context: &Context<'_>, budget: &Budget, depth: u8, facts: &mut FileFacts) {
    let mut bundle = Bundle::default();
    if depth >= context.limits.depth {
        bundle.unread = Some(Unread::Limit);
        facts.bundle = Some(Box::new(bundle));
        return;
    }
    match ZipFile::open(source, context.limits.entries) {
        Ok(zip) => {
            if let Some(contradiction) = &zip.contradiction {
                facts.damage.push(Damage::new(DamageKind::Contradiction).because(contradiction));
                bundle.unread = Some(Unread::Damaged);
            }
            if zip.end < source.size() {
                facts.damage.push(Damage::new(DamageKind::TrailingData).at(zip.end));
            }
            if zip.cut_off {
                bundle.unread = Some(Unread::Limit);
            }
            bundle.archive = Some(Box::new(archive::facts(source, &zip, context)));
            // What its headers say may not have been held against its directory to the end.
            if context.deadline.is_over() {
                bundle.unread.get_or_insert(Unread::Time);
            }
            let sizes: Vec<u64> = zip.entries.iter().map(|entry| entry.size).collect();
            bundle.entries =
                gather(context, &sizes, &|index| zip_entry(&zip, &zip.entries[index], context, budget, depth));
        }
        Err(error) => {
            // The directory stands at the end: an archive without one was cut off.
            facts.damage.push(Damage::new(DamageKind::Truncated).because(error));
            bundle.unread = Some(Unread::Damaged);
        }
    }
    bundle.unpacked_size = bundle.entries.iter().filter_map(|entry| entry.file.as_ref()).map(|file| file.size).sum();
    facts.bundle = Some(Box::new(bundle));
}

/// A file of an unpacked app, to be opened when its turn comes.
pub struct Member<'a> {
    /// Name relative to the app's folder, with `/`.
    pub name: String,
    /// It is a link, which is not followed.
    pub link: bool,
    /// Bytes, as far as is known before it is opened.
    pub size: u64,
    /// Opens it.
    pub open: Box<dyn Fn() -> std::io::Result<Box<dyn Source>> + Sync + 'a>,
}

/// Measures an unpacked app.
pub(super) fn probe_folder(members: &[Member<'_>], context: &Context<'_>) -> FileFacts {
    let budget = Budget::unpacked(context.limits);
    let sizes: Vec<u64> = members.iter().map(|member| member.size).collect();
    let entries = gather(context, &sizes, &|index| {
        let member = &members[index];
        let mut entry = empty_entry(&member.name);
        entry.link = member.link;
        if member.link {
            entry.unread = Some(Unread::Link);
        } else if context.deadline.is_over() {
            entry.unread = Some(Unread::Time);
        } else {
            match (member.open)() {
                Ok(source) => {
                    entry.size = source.size();
                    match probe_nested(&*source, &member.name, context, &budget, 1) {
                        Ok(file) => entry.file = Some(file),
                        Err(why) => entry.unread = Some(why),
                    }
                }
                Err(_) => entry.unread = Some(Unread::Refused),
            }
        }
        entry
    });
    let identity = Identity { format: Format::Folder, extension: None, promised: None, inner_extension: None };
    let size = entries.iter().map(|entry| entry.size).sum();
    let mut facts = FileFacts::new(identity, size);
    facts.bytes_read = entries.iter().filter_map(|entry| entry.file.as_ref()).map(|file| file.bytes_read).sum();
    facts.bundle = Some(Box::new(Bundle { entries, unpacked_size: size, ..Bundle::default() }));
    facts
}

/// Makes an entry of each size, and puts them back in order. Whichever worker is free takes the next; but the large ones
/// are one worker's job, so that they are in memory one after the other and the others are not waited for.
fn gather(context: &Context<'_>, sizes: &[u64], make: &(dyn Fn(usize) -> Entry + Sync)) -> Vec<Entry> {
    let made = Mutex::new(Vec::with_capacity(sizes.len()));
    let one = |index| {
        let entry = make(index);
        crate::locked(&made).push((index, entry));
    };
    let (mut large, small): (Vec<usize>, Vec<usize>) = (0..sizes.len()).partition(|index| sizes[*index] > LARGE);
    // The largest while nothing else is in memory yet.
    large.sort_by_key(|index| std::cmp::Reverse(sizes[*index]));
    context.workers.run(1 + small.len(), &|job| match job {
        0 => large.iter().copied().for_each(one),
        job => one(small[job - 1]),
    });
    let mut made = made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, entry)| entry).collect()
}

fn empty_entry(name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        backslashes: false,
        folder: false,
        link: false,
        encrypted: false,
        size: 0,
        unread: None,
        file: None,
    }
}

fn zip_entry(zip: &ZipFile<'_>, listed: &ZipEntry, context: &Context<'_>, budget: &Budget, depth: u8) -> Entry {
    let mut entry = Entry {
        backslashes: listed.backslashes,
        folder: listed.folder,
        link: listed.is_link(),
        encrypted: listed.is_encrypted(),
        size: listed.size,
        ..empty_entry(&listed.name)
    };
    if listed.folder {
        return entry;
    }
    let unread = if entry.encrypted {
        Some(Unread::Encrypted)
    } else if entry.link {
        Some(Unread::Link)
    } else if context.deadline.is_over() {
        Some(Unread::Time)
    } else {
        None
    };
    if unread.is_some() {
        entry.unread = unread;
        return entry;
    }
    match unpack(zip, listed, context, budget) {
        Ok((bytes, size, damage)) => {
            let held = bytes.len() as u64 == size;
            let memory = Memory(bytes);
            let mut file = if held {
                match probe_nested(&memory, &listed.name, context, budget, depth + 1) {
                    Ok(file) => file,
                    Err(why) => {
                        entry.unread = Some(why);
                        return entry;
                    }
                }
            } else {
                let mut file = FileFacts::new(identify(&memory, &listed.name), size);
                file.scan = context.scanner.map(|_| Scan::NotScanned(Unscanned::Limit));
                file.rules = context.rules.map(|_| Scan::NotScanned(Unscanned::Limit));
                // A page or an archive that was not held was not looked into.
                let asked = context.works || needs_reading(&file.identity, context);
                entry.unread = asked.then_some(Unread::Limit);
                file
            };
            file.bytes_read = 0;
            // Another program may unpack more of it, or something else.
            for scan in [&mut file.scan, &mut file.rules] {
                if !damage.is_empty() && *scan == Some(Scan::Clean) {
                    *scan = Some(Scan::NotScanned(Unscanned::Damaged));
                }
            }
            file.damage.extend(damage);
            entry.file = Some(file);
        }
        Err(unread) => entry.unread = Some(unread),
    }
    entry
}

/// The bytes of an entry (only their head if there are too many), their number, and what is wrong with them.
fn unpack(
    zip: &ZipFile<'_>,
    listed: &ZipEntry,
    context: &Context<'_>,
    budget: &Budget,
) -> Result<(Vec<u8>, u64, Vec<Damage>), Unread> {
    budget.look(listed.size)?;
    let mut stream = match zip.unpack(listed) {
        Ok(Some(stream)) => stream,
        Ok(None) => return Err(Unread::Method),
        Err(_) => return Err(Unread::Damaged),
    };
    let mut damage = Vec::new();
    let expected = listed.size.min(listed.packed.saturating_mul(DEFLATE_RATIO)).min(context.limits.held_bytes);
    let expected = usize::try_from(expected).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.min(HEAD + PIECE));
    let head = HEAD.min(usize::try_from(context.limits.held_bytes).unwrap_or(HEAD));
    // Whether the rest of the entry is needed, its front tells.
    let mut hold = None;
    let mut size = 0u64;
    let mut crc = crc32fast::Hasher::new();
    // One byte more than is declared shows whether there are more.
    let most = usize::try_from(listed.size.saturating_add(1)).unwrap_or(PIECE);
    let mut piece = vec![0; most.min(PIECE)];
    loop {
        let count = match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) => {
                damage.push(Damage::new(DamageKind::Undecodable).at(size).because(error));
                break;
            }
        };
        size += count as u64;
        crc.update(&piece[..count]);
        if hold != Some(false) {
            bytes.extend_from_slice(&piece[..count]);
            if hold.is_none() && bytes.len() >= HEAD {
                let scanned = context.scanner.is_some() || context.rules.is_some();
                let needed = scanned || context.works || !is_settled(&bytes[..HEAD], &listed.name, context);
                hold = Some(needed);
                bytes.reserve(if needed { expected.saturating_sub(bytes.len()) } else { 0 });
            }
            if bytes.len() as u64 > context.limits.held_bytes {
                hold = Some(false);
            }
            if hold == Some(false) {
                bytes.truncate(head);
                bytes.shrink_to_fit();
            }
        }
        if size > listed.size {
            damage.push(Damage::new(DamageKind::Contradiction).because("larger than declared"));
            break;
        }
        budget.take(count as u64)?;
        if context.deadline.is_over() {
            return Err(Unread::Time);
        }
    }
    if damage.is_empty() {
        if size != listed.size {
            damage.push(Damage::new(DamageKind::Contradiction).because("smaller than declared"));
        } else if crc.finalize() != listed.crc {
            damage.push(Damage::new(DamageKind::BadChecksum));
        } else if stream.packed().is_some_and(|packed| packed != listed.packed) {
            damage.push(Damage::new(DamageKind::Contradiction).because("bytes follow its packed content"));
        }
    }
    Ok((bytes, size, damage))
}

/// The front of a file says all that is asked of it inside an app, so that the rest need not be held.
fn is_settled(head: &[u8], name: &str, context: &Context<'_>) -> bool {
    if PackageFacts::is_manifest(name) {
        return false;
    }
    let identity = identify(&Memory(head), name);
    let format = identity.format;
    let plain =
        matches!(format, Format::Text | Format::Xml | Format::SourceMap | Format::Font | Format::Wasm | Format::Pdf);
    let media = matches!(format.kind(), Kind::Image | Kind::Audio | Kind::Video);
    (plain || media) && !needs_reading(&identity, context)
}

/// What an app's own files are measured for: texts that refer to others, and archives. Its pictures and sounds are
/// parts of the app, not materials of their own, and no document asks anything of them. Text documents are read if
/// somebody asks what they say.
pub(super) fn needs_reading(identity: &Identity, context: &Context<'_>) -> bool {
    let web = matches!(
        identity.format,
        Format::Html | Format::Css | Format::JavaScript | Format::Json | Format::Svg | Format::Zip
    );
    web || document::is_asked(identity, context)
}
