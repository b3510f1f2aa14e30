//! Published numbers, met by the engine. Each test names the paper, where its number comes from (an equation, the paper, or
//! brute force written apart from the engine), and how often it would fail by chance. Seeds are fixed.

mod vocabulary;
#[path = "../it/worlds.rs"]
mod worlds;

mod centola_2018;
mod centola_eguiluz_macy_2007;
mod centola_macy_2007;
mod gillespie_1976;
mod gleeson_cahalane_2007;
mod granovetter_1978;
mod guilbeault_centola_2021;
mod kempe_2003;
mod newman_2002;
mod watts_2002;
mod watts_strogatz_1998;
