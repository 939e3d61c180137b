//! Texts: runs of three words that stand in both. What stands in many works is a template and not counted.

use std::collections::{HashMap, HashSet};

use super::{Batch, Pair, sharing};
use crate::facts::Alikeness;

pub(super) fn pairs(batch: &Batch<'_>, pairs: &mut Vec<Pair>) {
    let texts: Vec<(usize, usize, &[u64])> = batch
        .parts()
        .filter(|(.., found)| found.prints.text.len() >= batch.how.least_runs)
        .map(|(work, part, found)| (work, part, found.prints.text.as_slice()))
        .collect();
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (index, (.., runs)) in (0u32..).zip(&texts) {
        runs.iter().for_each(|run| holders.entry(*run).or_default().push(index));
    }
    let work = |text: u32| texts[text as usize].0;
    let is_common = |items: &Vec<u32>| {
        items.len() > batch.common && items.iter().map(|item| work(*item)).collect::<HashSet<_>>().len() > batch.common
    };
    holders.retain(|_, items| items.len() == 1 || !is_common(items));
    // What is left of each text without what is common.
    let mut own = vec![0u32; texts.len()];
    holders.values().flatten().for_each(|item| own[*item as usize] += 1);
    let shared = sharing(&holders, batch.common, work, |a, b| batch.may_pair(a, b));
    for ((a, b), count) in shared {
        let shorter = own[a as usize].min(own[b as usize]);
        let share = f64::from(count) / f64::from(shorter.max(1));
        if shorter as usize >= batch.how.least_runs && share >= batch.how.text_share {
            let ((first, part, _), (second, other, _)) = (texts[a as usize], texts[b as usize]);
            pairs.push(Pair {
                works: (first, second),
                what: Alikeness::Text,
                share,
                parts: Some((part, other)),
                seconds: None,
            });
        }
    }
}
