// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Signatures of session keys
///
/// @dev EIP-2098, and s in the lower half of the order: a signature has one form.
library SessionSignature {
    uint256 private constant HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    uint256 private constant S_MASK = type(uint256).max >> 1;

    /// @notice Whether `signer` signed `hash`.
    ///
    /// @param r First half of the signature.
    /// @param vs Parity in the highest bit, s below.
    /// @param signer Not the zero address.
    function isSigned(bytes32 hash, uint256 r, uint256 vs, address signer) internal pure returns (bool) {
        uint256 s = vs & S_MASK;
        if (s > HALF_N) return false;
        unchecked {
            address recovered = ecrecover(hash, uint8((vs >> 255) + 27), bytes32(r), bytes32(s));
            return recovered != address(0) && recovered == signer;
        }
    }
}
