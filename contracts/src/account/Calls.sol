// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Reading the calls of `execute`
///
/// @notice Validation (account and session module) and execution read the same bytes through this library, in one
/// canonical form, so that nothing can be checked as one call and run as another.
///
/// @dev ERC-7579 execution data: https://eips.ethereum.org/EIPS/eip-7579#execution-mode
library Calls {
    /// @notice The calldata or the execution data is not in canonical form.
    error InvalidCallData();

    /// @notice The execution mode is not allowed here.
    error InvalidMode(bytes32 mode);

    /// @notice A restricted operation calls another function of the account than `execute`.
    error InvalidTopLevelSelector(bytes4 selector);

    bytes32 internal constant SINGLE = bytes32(0);
    bytes32 internal constant BATCH = bytes32(uint256(1) << 248);

    /// @dev `execute(bytes32,bytes)`
    bytes4 internal constant EXECUTE = 0xe9ae5c53;

    /// @notice Opens the `callData` of a restricted operation: `execute`, single or batch, default exec type, canonical.
    function open(bytes calldata callData) internal pure returns (bool batch, bytes calldata data) {
        if (callData.length < 100) revert InvalidCallData();
        if (bytes4(callData) != EXECUTE) revert InvalidTopLevelSelector(bytes4(callData));
        bytes32 mode;
        uint256 offset;
        uint256 length;
        assembly ("memory-safe") {
            mode := calldataload(add(callData.offset, 4))
            offset := calldataload(add(callData.offset, 36))
            length := calldataload(add(callData.offset, 68))
        }
        batch = mode == BATCH;
        if (!batch && mode != SINGLE) revert InvalidMode(mode);
        // The length is compared first, so that rounding it up cannot overflow.
        if (offset != 0x40 || length > callData.length) revert InvalidCallData();
        unchecked {
            if (callData.length != 100 + _ceil(length)) revert InvalidCallData();
        }
        data = callData[100:100 + length];
        if (batch) checkBatch(data);
        else checkSingle(data);
    }

    /// @notice Reads the execution data of an `open`ed `callData` again, without its checks.
    function reopen(bytes calldata callData) internal pure returns (bool batch, bytes calldata data) {
        assembly ("memory-safe") {
            batch := byte(0, calldataload(add(callData.offset, 4)))
            data.offset := add(callData.offset, 100)
            data.length := calldataload(add(callData.offset, 68))
        }
    }

    /// @notice Refuses single execution data without target and value.
    function checkSingle(bytes calldata data) internal pure {
        if (data.length < 52) revert InvalidCallData();
    }

    /// @notice Refuses batch data that is not laid out exactly as `abi.encode((address,uint256,bytes)[])` writes it.
    function checkBatch(bytes calldata data) internal pure {
        bool ok;
        assembly ("memory-safe") {
            let size := data.length
            let base := add(data.offset, 0x40)
            if gt(size, 0x3f) {
                let n := calldataload(add(data.offset, 0x20))
                // `next` runs over the elements; every offset must point exactly there.
                let next := shl(5, n)
                ok := and(eq(calldataload(data.offset), 0x20), iszero(shr(32, or(n, size))))
                for { let i := 0 } and(ok, lt(i, n)) { i := add(i, 1) } {
                    let at := add(base, next)
                    let length := calldataload(add(at, 0x60))
                    ok := and(
                        eq(calldataload(add(base, shl(5, i))), next),
                        and(
                            iszero(shr(160, calldataload(at))),
                            and(eq(calldataload(add(at, 0x40)), 0x60), iszero(shr(32, length)))
                        )
                    )
                    next := add(next, add(0x80, and(add(length, 0x1f), not(0x1f))))
                    // Nothing is read past the end: the next header must fit, or this was the last element.
                    ok := and(ok, iszero(gt(add(0x40, next), size)))
                }
                ok := and(ok, eq(add(0x40, next), size))
            }
        }
        if (!ok) revert InvalidCallData();
    }

    /// @notice Number of calls in canonical batch data.
    function count(bytes calldata data) internal pure returns (uint256 n) {
        assembly ("memory-safe") {
            n := calldataload(add(data.offset, 0x20))
        }
    }

    /// @notice The call of single execution data.
    function single(bytes calldata data)
        internal
        pure
        returns (address target, uint256 value, bytes calldata callData)
    {
        assembly ("memory-safe") {
            target := shr(96, calldataload(data.offset))
            value := calldataload(add(data.offset, 20))
            callData.offset := add(data.offset, 52)
            callData.length := sub(data.length, 52)
        }
    }

    /// @notice Call `i` of canonical batch data.
    function item(bytes calldata data, uint256 i)
        internal
        pure
        returns (address target, uint256 value, bytes calldata callData)
    {
        assembly ("memory-safe") {
            let base := add(data.offset, 0x40)
            let at := add(base, calldataload(add(base, shl(5, i))))
            target := calldataload(at)
            value := calldataload(add(at, 0x20))
            callData.length := calldataload(add(at, 0x60))
            callData.offset := add(at, 0x80)
        }
    }

    function _ceil(uint256 length) private pure returns (uint256) {
        unchecked {
            return (length + 31) & ~uint256(31);
        }
    }
}
