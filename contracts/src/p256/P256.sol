// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title P-256 signatures
///
/// @notice Verifies by the precompile at 0x100 (RIP-7212, EIP-7951), else by a contract with the same interface.
library P256 {
    /// @notice A call to the precompile or the verifier ran out of gas.
    error P256OutOfGas();

    address internal constant PRECOMPILE = address(0x100);

    uint256 internal constant P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
    uint256 internal constant N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
    uint256 internal constant HALF_N = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8;
    uint256 internal constant B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B;

    /// @notice Whether (r, s) signs `hash` under the public key (x, y).
    ///
    /// @dev The verifier is asked only where the precompile is missing, which a known signature finds out; never because
    /// a signature is invalid, or an estimation's stub would pay for it.
    ///
    /// @param verifier Contract that answers like the precompile, but with a zero word for an invalid signature.
    ///
    /// @return valid False also for s above n/2, r or s zero or above n, and keys off the curve.
    function verify(address verifier, bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y)
        internal
        view
        returns (bool valid)
    {
        if (uint256(s) > HALF_N || s == 0 || r == 0 || uint256(r) >= N) return false;
        if (_ask(PRECOMPILE, hash, r, s, x, y)) return true;
        if (_precompileAnswers()) return false;
        return _ask(verifier, hash, r, s, x, y);
    }

    /// @notice Whether (x, y) is a point of the curve, other than infinity.
    function isPublicKey(bytes32 x, bytes32 y) internal pure returns (bool) {
        uint256 px = uint256(x);
        uint256 py = uint256(y);
        if (px >= P || py >= P || (px | py) == 0) return false;
        // y² = x³ − 3x + b
        uint256 right = addmod(mulmod(addmod(mulmod(px, px, P), P - 3, P), px, P), B, P);
        return mulmod(py, py, P) == right;
    }

    /// @dev Wycheproof ecdsa_secp256r1_sha256_p1363, a valid signature with small r and s.
    function _precompileAnswers() private view returns (bool) {
        return _ask(
            PRECOMPILE,
            0xbb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023,
            bytes32(uint256(5)),
            bytes32(uint256(1)),
            0xa71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c8725ac957,
            0x5d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e872296b
        );
    }

    function _ask(address target, bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y)
        private
        view
        returns (bool valid)
    {
        bool done;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, hash)
            mstore(add(m, 0x20), r)
            mstore(add(m, 0x40), s)
            mstore(add(m, 0x60), x)
            mstore(add(m, 0x80), y)
            mstore(0, 0) // a missing or refusing precompile answers nothing
            done := staticcall(gas(), target, m, 0xa0, 0, 0x20)
            valid := eq(mload(0), 1)
        }
        if (!done) revert P256OutOfGas();
    }
}
