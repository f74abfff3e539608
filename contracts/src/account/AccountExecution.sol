// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Calls} from "./Calls.sol";

/// @title Execution of calls (ERC-7579)
///
/// @dev https://eips.ethereum.org/EIPS/eip-7579#execution-mode. No delegatecall, no staticcall.
abstract contract AccountExecution {
    /// @notice ERC-7579: a call of an operation in try mode failed.
    event TryExecuteUnsuccessful(uint256 batchExecutionIndex, bytes returnData);

    /// @dev Call type, exec type, then nothing but zeros.
    uint256 private constant TRY = uint256(1) << 240;

    /// @notice ERC-7579.
    function supportsExecutionMode(bytes32 mode) external pure returns (bool) {
        return uint256(mode) & ~(uint256(Calls.BATCH) | TRY) == 0;
    }

    function _execute(bytes32 mode, bytes calldata data) internal {
        bool tries = uint256(mode) & TRY != 0;
        bytes32 callType = bytes32(uint256(mode) & ~TRY);
        if (callType == Calls.SINGLE) {
            Calls.checkSingle(data);
            (address target, uint256 value, bytes calldata callData) = Calls.single(data);
            _run(tries, 0, target, value, callData);
        } else if (callType == Calls.BATCH) {
            Calls.checkBatch(data);
            uint256 n = Calls.count(data);
            for (uint256 i; i < n; ++i) {
                (address target, uint256 value, bytes calldata callData) = Calls.item(data, i);
                _run(tries, i, target, value, callData);
            }
        } else {
            revert Calls.InvalidMode(mode);
        }
    }

    /// @dev `data` is checked.
    function _executeReturning(bool batch, bytes calldata data) internal returns (bytes[] memory results) {
        uint256 n = batch ? Calls.count(data) : 1;
        results = new bytes[](n);
        for (uint256 i; i < n; ++i) {
            (address target, uint256 value, bytes calldata callData) =
                batch ? Calls.item(data, i) : Calls.single(data);
            _call(target, value, callData);
            results[i] = _returnData();
        }
    }

    /// @dev Passes a revert on.
    function _call(address target, uint256 value, bytes calldata callData) internal {
        if (_tryCall(target, value, callData)) return;
        assembly ("memory-safe") {
            let m := mload(0x40)
            returndatacopy(m, 0, returndatasize())
            revert(m, returndatasize())
        }
    }

    function _run(bool tries, uint256 i, address target, uint256 value, bytes calldata callData) private {
        if (!tries) _call(target, value, callData);
        else if (!_tryCall(target, value, callData)) emit TryExecuteUnsuccessful(i, _returnData());
    }

    function _tryCall(address target, uint256 value, bytes calldata callData) private returns (bool success) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, callData.offset, callData.length)
            success := call(gas(), target, value, m, callData.length, 0, 0)
        }
    }

    function _returnData() private pure returns (bytes memory data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            mstore(data, returndatasize())
            returndatacopy(add(data, 0x20), 0, returndatasize())
            mstore(0x40, add(add(data, 0x20), and(add(returndatasize(), 0x1f), not(0x1f))))
        }
    }
}
