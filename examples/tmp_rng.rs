use std::time::Instant;
use uptake::rng::Stream;
fn main() {
    let mut s = Stream::from_seed(1);
    let t = Instant::now();
    let mut x = 0u64;
    for _ in 0..50_000_000 {
        x ^= s.bits32() as u64;
    }
    println!("bits32 {:.2} ns {x}", t.elapsed().as_secs_f64() * 1e9 / 5e7);
    let t = Instant::now();
    let mut x = 0u64;
    for _ in 0..50_000_000 {
        x ^= s.bits64();
    }
    println!("bits64 {:.2} ns {x}", t.elapsed().as_secs_f64() * 1e9 / 5e7);
    let t = Instant::now();
    let mut x = 0u64;
    for _ in 0..50_000_000 {
        x ^= s.below(10_000) as u64;
    }
    println!("below {:.2} ns {x}", t.elapsed().as_secs_f64() * 1e9 / 5e7);
    let mut c = vec![0u32; 10_000];
    let t = Instant::now();
    for _ in 0..50_000_000 {
        c[s.below(10_000) as usize] += 1;
    }
    println!("count {:.2} ns {}", t.elapsed().as_secs_f64() * 1e9 / 5e7, c[3]);
    let t = Instant::now();
    for _ in 0..50_000_000 {
        let a = s.below(10_000);
        let b = s.below(9_999);
        let b = b + (b >= a) as u32;
        c[a.min(b) as usize] += 1;
    }
    println!("min count {:.2} ns {}", t.elapsed().as_secs_f64() * 1e9 / 5e7, c[3]);
}
