//! What several makers ask of their arguments.

use crate::network::error::NetworkError;

/// Agents too few for `field` neighbours each.
pub(super) fn too_few(maker: &'static str, n: u32, k: impl ToString, field: &str) -> NetworkError {
    NetworkError::Agents { maker, agents: n, needs: format!("more than {field} = {}", k.to_string()) }
}

/// A mean or a share: a finite number from 0 up.
pub(super) fn require_finite(maker: &'static str, field: &'static str, given: f64) -> Result<(), NetworkError> {
    if given.is_finite() && given >= 0.0 {
        Ok(())
    } else {
        Err(NetworkError::argument(maker, field, given, "a finite number, 0 or more"))
    }
}
