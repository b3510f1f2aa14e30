//! Lattices in two dimensions.

use super::Made;
use crate::network::csr::Network;
use crate::network::error::{NetworkError, require_ties};
use crate::network::note::note;

pub(super) fn grid(n: u32, r: u32, border: bool, moore: bool, sides: Option<(u32, u32)>) -> Result<Made, NetworkError> {
    if r == 0 {
        return Err(NetworkError::argument("grid", "r", r, "1 or more rows and columns away"));
    }
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    // On a torus a shorter side would make an agent its own neighbour, or a neighbour twice.
    let shortest = if border { 2 } else { 2 * u64::from(r) + 1 };
    let (rows, columns) = match sides {
        Some((rows, columns)) if u64::from(rows) * u64::from(columns) != u64::from(n) => {
            let allowed = format!("rows x columns = {n}, one cell for each agent");
            return Err(NetworkError::argument("grid", "rows x columns", format!("{rows} x {columns}"), allowed));
        }
        Some((rows, columns)) if !border && u64::from(rows.min(columns)) < shortest => {
            let allowed = format!("sides of at least 2 r + 1 = {shortest} on a torus, or border = true");
            return Err(NetworkError::argument("grid", "rows x columns", format!("{rows} x {columns}"), allowed));
        }
        Some(sides) => sides,
        None => squarest(n).filter(|sides| u64::from(sides.0) >= shortest).ok_or_else(|| no_rectangle(n, shortest))?,
    };
    // On a sheet nobody is further away than the other border.
    let within = |side: u32| i64::from(if border { r.min(side - 1) } else { r });
    let (reach_down, reach_right) = (within(rows), within(columns));
    let around = (2 * reach_down as u64 + 1) * (2 * reach_right as u64 + 1) - 1;
    require_ties(u64::from(n).saturating_mul(around))?;
    let mut steps = Vec::new();
    for down in -reach_down..=reach_down {
        for right in -reach_right..=reach_right {
            if (down, right) != (0, 0) && (moore || down.abs() + right.abs() <= i64::from(r)) {
                steps.push((down, right));
            }
        }
    }
    let mut made = Made::from(wire(rows, columns, i64::from(r), border, &steps));
    if sides.is_none() && u64::from(columns) > 2 * u64::from(rows) {
        note(
            &mut made.notes,
            format!("grid: {n} agents make a long rectangle of {columns} columns, rows"),
            rows.into(),
        );
    }
    Ok(made)
}

fn wire(rows: u32, columns: u32, reach: i64, border: bool, steps: &[(i64, i64)]) -> Network {
    let (height, width) = (i64::from(rows), i64::from(columns));
    let mut offsets = vec![0];
    let mut sources = Vec::with_capacity((height * width) as usize * steps.len());
    let inside: Vec<i64> = steps.iter().map(|(down, right)| down * width + right).collect();
    for row in 0..height {
        for column in 0..width {
            let is_inside = row >= reach && row + reach < height && column >= reach && column + reach < width;
            if is_inside {
                let here = row * width + column;
                sources.extend(inside.iter().map(|step| (here + step) as u32));
            } else {
                let begin = sources.len();
                for &(down, right) in steps {
                    let (y, x) = (row + down, column + right);
                    if !border {
                        sources.push((y.rem_euclid(height) * width + x.rem_euclid(width)) as u32);
                    } else if (0..height).contains(&y) && (0..width).contains(&x) {
                        sources.push((y * width + x) as u32);
                    }
                }
                sources[begin..].sort_unstable();
            }
            offsets.push(sources.len() as u32);
        }
    }
    Network::from_rows(offsets, sources, true)
}

/// Rows <= columns with rows * columns = n and rows as many as possible; a single row does not count.
fn squarest(n: u32) -> Option<(u32, u32)> {
    let mut rows = n.isqrt();
    while rows > 1 && !n.is_multiple_of(rows) {
        rows -= 1;
    }
    (rows > 1 || n == 1).then(|| (rows, n / rows))
}

fn no_rectangle(n: u32, shortest: u64) -> NetworkError {
    let fits = |n: u64| {
        let sides = squarest(u32::try_from(n).ok()?)?;
        (u64::from(sides.0) >= shortest).then(|| format!("{n} ({} x {})", sides.0, sides.1))
    };
    let below = (1..u64::from(n)).rev().take(10_000).find_map(fits);
    let above = (u64::from(n) + 1..).take(10_000).find_map(fits);
    let nearest: Vec<String> = below.into_iter().chain(above).collect();
    let needs = format!(
        "a number that makes a rectangle with sides of {shortest} or more, the nearest are {}",
        nearest.join(" and ")
    );
    NetworkError::Agents { maker: "grid", agents: n, needs }
}
