// The long runs: every campaign 1,000 times, every fuzz test 10,000 times. Arguments go to `forge test`.
process.env['FOUNDRY_INVARIANT_RUNS'] ??= '1000'
process.env['FOUNDRY_FUZZ_RUNS'] ??= '10000'
await import('./test.mjs')
