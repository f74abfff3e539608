// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Base64url of one word
///
/// @notice https://www.rfc-editor.org/rfc/rfc4648#section-5, without padding.
///
/// @dev All characters of a word at once: a quarter of the gas of a loop over a table.
library Base64Url {
    /// @dev 1 in every byte.
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

    /// @notice Encodes 32 bytes into 43 characters.
    ///
    /// @return first Characters 0 to 31.
    /// @return last Characters 32 to 42, left-aligned. The rest is zero.
    function encode(bytes32 data) internal pure returns (bytes32 first, bytes32 last) {
        unchecked {
            first = bytes32(_encode24(uint256(data) >> 64));
            // 8 bytes give 10 characters and 4 bits of an eleventh.
            last = bytes32(_encode24(uint256(data) << 192 >> 64) & ~(type(uint256).max >> 88));
        }
    }

    /// @param x 24 bytes, right-aligned.
    ///
    /// @return c 32 characters.
    function _encode24(uint256 x) private pure returns (uint256 c) {
        unchecked {
            // Halves drift apart until each group of six bits has a byte of its own.
            x = (x & 0xffffffffffffffffffffffff000000000000000000000000) << 32 | (x & 0xffffffffffffffffffffffff);
            x = (x & 0xffffffffffff00000000000000000000ffffffffffff000000000000) << 16
                | (x & 0xffffffffffff00000000000000000000ffffffffffff);
            x = (x & 0xffffff0000000000ffffff0000000000ffffff0000000000ffffff000000) << 8
                | (x & 0xffffff0000000000ffffff0000000000ffffff0000000000ffffff);
            x = (x & 0xfff00000fff00000fff00000fff00000fff00000fff00000fff00000fff000) << 4
                | (x & 0xfff00000fff00000fff00000fff00000fff00000fff00000fff00000fff);
            x = (x & 0xfc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc00fc0) << 2
                | (x & 0x3f003f003f003f003f003f003f003f003f003f003f003f003f003f003f003f);
            // 0 A, 26 a, 52 0, 62 -, 63 _: the distance to the character changes at each. No byte overflows.
            c = x + 65 * ONES + 6 * _atLeast(x, 26) - 75 * _atLeast(x, 52) - 13 * _atLeast(x, 62) + 49 * _atLeast(x, 63);
        }
    }

    /// @return 1 in every byte of `x` that is at least `k`; bytes of `x` are below 64.
    function _atLeast(uint256 x, uint256 k) private pure returns (uint256) {
        unchecked {
            return ((x + (128 - k) * ONES) >> 7) & ONES;
        }
    }
}
