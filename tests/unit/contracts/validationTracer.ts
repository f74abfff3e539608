import type { Address, Hex } from 'viem'

/** One opcode of interest: `d` depth, `a` the contract whose storage and address it runs under, `o` name, `x` operands as the op needs. */
export type Step = { d: number; a: Address; o: string; x: Hex[] }

/**
 * A JavaScript tracer for `debug_traceCall`: lists every opcode that ERC-7562 says something about, and the one behind each GAS.
 *
 * Operands: storage: slot. KECCAK256: preimage. Calls: target, value, first four bytes of the input. EXTCODE*: address.
 *
 * @see https://geth.ethereum.org/docs/developers/evm-tracing/custom-tracer
 */
export const validationTracer = `{
  steps: [],
  afterGas: false,
  hex: function (n, bytes) {
    var text = n.toString(16);
    while (text.length < 2 * bytes) text = '0' + text;
    return '0x' + text;
  },
  // Memory beyond its end is zero: it grows with the opcode itself.
  read: function (log, at, size) {
    var end = log.memory.length();
    if (at + size <= end) return toHex(log.memory.slice(at, at + size));
    var known = at < end ? toHex(log.memory.slice(at, end)) : '0x';
    while (known.length < 2 + 2 * size) known += '00';
    return known;
  },
  step: function (log) {
    var op = log.op.toString();
    var wanted = /^(ORIGIN|GASPRICE|BLOCKHASH|COINBASE|TIMESTAMP|NUMBER|DIFFICULTY|PREVRANDAO|GASLIMIT|BASEFEE|BLOBHASH|BLOBBASEFEE|BALANCE|SELFBALANCE|CREATE|CREATE2|SELFDESTRUCT|INVALID|GAS|SLOAD|SSTORE|TLOAD|TSTORE|KECCAK256|SHA3|CALL|CALLCODE|DELEGATECALL|STATICCALL|EXTCODESIZE|EXTCODEHASH|EXTCODECOPY)$/;
    if (!wanted.test(op) && !/unknown|not defined/i.test(op) && !this.afterGas) return;
    this.afterGas = op === 'GAS';
    var x = [];
    if (/^(SLOAD|SSTORE|TLOAD|TSTORE)$/.test(op)) x = [this.hex(log.stack.peek(0), 32)];
    if (/^EXTCODE/.test(op)) x = [this.hex(log.stack.peek(0), 20)];
    if (op === 'KECCAK256' || op === 'SHA3') {
      var at = Number(log.stack.peek(0).toString());
      var size = Number(log.stack.peek(1).toString());
      x = [size > 0 && size <= 128 ? this.read(log, at, size) : '0x'];
    }
    if (/CALL/.test(op) && op !== 'CALLDATALOAD' && op !== 'CALLVALUE' && op !== 'CALLER' && op !== 'CALLDATASIZE' && op !== 'CALLDATACOPY') {
      var hasValue = op === 'CALL' || op === 'CALLCODE';
      var from = Number(log.stack.peek(hasValue ? 3 : 2).toString());
      var length = Number(log.stack.peek(hasValue ? 4 : 3).toString());
      x = [
        this.hex(log.stack.peek(1), 20),
        hasValue ? this.hex(log.stack.peek(2), 32) : '0x0',
        length >= 4 ? this.read(log, from, 4) : '0x'
      ];
    }
    this.steps.push({ d: log.getDepth(), a: toHex(log.contract.getAddress()), o: op, x: x });
  },
  fault: function () {},
  result: function () { return this.steps; }
}`
