//! A committed minority in the naming game. Source: Xie, Sreenivasan, Korniss, Zhang, Lim and Szymanski 2011, Social consensus
//! through the influence of committed minorities, Phys. Rev. E 84:011130.
//!
//! Everybody meets everybody. A share p is committed to word A; of the others the shares a, b and x know A, B and both. Where both
//! keep the word they agreed on, da/dt = -ab + x^2 + ax + 1.5 px and db/dt = -ab + x^2 + bx - pb. Both are 0 where, with s the root
//! of b, x = s (1 - s) and p = 2 (1 - s)(s^2 + s - 1) / (1 + s). Where the listener alone changes, x = sqrt(b^2 / 4 + 2b) - 3b / 2
//! and p = 1 - x^2 / b - b - x.

use super::solve::{edge, first_maximum};

/// Who keeps a single word after an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agree {
    Both,
    Listener,
}

/// The committed share at which those who know B alone could stay a share `b` of all.
fn committed(b: f64, agree: Agree) -> f64 {
    match agree {
        Agree::Both => {
            let s = b.sqrt();
            2.0 * (1.0 - s) * (s * s + s - 1.0) / (1.0 + s)
        }
        Agree::Listener => {
            let x = (b * b / 4.0 + 2.0 * b).sqrt() - 1.5 * b;
            1.0 - x * x / b - b - x
        }
    }
}

/// The share of B at which the committed share is largest, the last one before B is lost.
fn turning(agree: Agree) -> f64 {
    1.0 - first_maximum(0.0, 0.9, 3000, |lost| committed(1.0 - lost, agree))
}

/// The committed share above which A takes over.
pub fn critical(agree: Agree) -> f64 {
    committed(turning(agree), agree)
}

/// The share that knows B alone and stays so for very long; 0 where A takes over.
pub fn old_word(share: f64, agree: Agree) -> f64 {
    let turning = turning(agree);
    if share > committed(turning, agree) {
        return 0.0;
    }
    edge(turning, 1.0, 60, |b| committed(b, agree) >= share)
}

/// The share that knows A alone, the committed included: all where A takes over.
pub fn new_word(share: f64, agree: Agree) -> f64 {
    let b = old_word(share, agree);
    let both = match agree {
        Agree::Both => b.sqrt() - b,
        Agree::Listener if b > 0.0 => (b * b / 4.0 + 2.0 * b).sqrt() - 1.5 * b,
        Agree::Listener => 0.0,
    };
    1.0 - b - both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committed_tenth_is_enough() {
        assert!((critical(Agree::Both) - 0.097_889_1).abs() < 1e-7, "{}", critical(Agree::Both));
        assert!((critical(Agree::Listener) - 0.071_796_8).abs() < 1e-7, "{}", critical(Agree::Listener));
    }

    #[test]
    fn below_it_the_old_word_stays() {
        for (share, expected) in [(0.02, 0.95821), (0.05, 0.88614), (0.08, 0.78965), (0.09, 0.74118), (0.095, 0.70453)]
        {
            let found = old_word(share, Agree::Both);
            assert!((found - expected).abs() < 6e-6, "{share}: {found}");
        }
        assert_eq!((old_word(0.1, Agree::Both), new_word(0.1, Agree::Both)), (0.0, 1.0));
        assert!((old_word(0.0, Agree::Both) - 1.0).abs() < 1e-9);
    }

    /// The rates of change at the states found are 0.
    #[test]
    fn nothing_moves_at_the_states_found() {
        for p in [0.01, 0.05, 0.07] {
            let (b, a) = (old_word(p, Agree::Both), new_word(p, Agree::Both) - p);
            let x = 1.0 - p - a - b;
            assert!((-a * b + x * x + a * x + 1.5 * p * x).abs() < 1e-9);
            assert!((-a * b + x * x + b * x - p * b).abs() < 1e-9);
            let (b, a) = (old_word(p, Agree::Listener), new_word(p, Agree::Listener) - p);
            let x = 1.0 - p - a - b;
            let (says_a, says_b) = (p + a + x / 2.0, b + x / 2.0);
            assert!((x * says_a - a * says_b).abs() < 1e-9 && (x * says_b - b * says_a).abs() < 1e-9);
        }
    }
}
