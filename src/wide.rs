//! The same code translated for wider registers, chosen by the processor it runs on.
//!
//! Width never shows in a result: what is said once for many lanes is rounded in each as it would be alone, and nothing is
//! added up across lanes.

/// A function translated three times: for processors with AVX-512, with AVX2, and for any. Write its loops so that a
/// compiler can do many turns at once.
macro_rules! widest {
    ($(#[$said:meta])* $seen:vis fn $name:ident($($given:ident: $kind:ty),* $(,)?) $(-> $back:ty)? $body:block) => {
        $(#[$said])*
        $seen fn $name($($given: $kind),*) $(-> $back)? {
            #[inline(always)]
            fn anywhere($($given: $kind),*) $(-> $back)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,popcnt")]
                fn with_avx512($($given: $kind),*) $(-> $back)? {
                    anywhere($($given),*)
                }
                #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
                fn with_avx2($($given: $kind),*) $(-> $back)? {
                    anywhere($($given),*)
                }
                use std::arch::is_x86_feature_detected as known;
                if known!("avx2") && known!("bmi1") && known!("bmi2") && known!("popcnt") {
                    // SAFETY: the processor knows the instructions, as is asked just before.
                    if known!("avx512f") && known!("avx512bw") && known!("avx512dq") && known!("avx512vl") {
                        return unsafe { with_avx512($($given),*) };
                    }
                    return unsafe { with_avx2($($given),*) };
                }
            }
            anywhere($($given),*)
        }
    };
}
pub(crate) use widest;
