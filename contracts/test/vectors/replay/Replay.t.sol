// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Vm} from "forge-std/Vm.sol";

/// @title Playing scripts of calls on a chain of their own
///
/// @notice Reads scripts that `tests/fuzz` wrote, makes their calls in order, and writes what each answered. It judges
/// nothing itself. Without a script it is skipped.
///
/// @dev A script: capacity of the answers 4 ‖ records. A record by its first byte:
///   1 call     from 20 ‖ to 20 (0: this contract) ‖ length 4 ‖ data     answers ok 1 ‖ length 4 ‖ returned
///   2 time     unix seconds 8
///   3 balance  address 20                                              answers wei 32
///   4 deal     address 20 ‖ wei 32
///   5 etch     address 20 ‖ length 4 ‖ code
/// @dev Knows no contract of this folder: what it calls stands in the script, as it is deployed.
contract ReplayTest {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 private constant CALL = 1;
    uint256 private constant TIME = 2;
    uint256 private constant BALANCE = 3;
    uint256 private constant DEAL = 4;
    uint256 private constant ETCH = 5;

    error UnknownRecord(uint256 kind, uint256 offset);

    function test_answersAreWritten_whenAScriptIsGiven() external {
        string memory folder = vm.envOr("LATCHKEY_REPLAY", string(""));
        if (bytes(folder).length == 0) {
            vm.skip(true);
            return;
        }
        uint256 files = vm.envUint("LATCHKEY_REPLAY_FILES");
        for (uint256 i; i < files; ++i) {
            string memory name = string.concat(folder, "/", vm.toString(i));
            this.play(string.concat(name, ".in"), string.concat(name, ".out"));
        }
    }

    /// @dev A call of its own per file, so that its memory is given back.
    function play(string calldata input, string calldata output) external {
        bytes memory script = vm.readFileBinary(input);
        bytes memory answers = new bytes(_read(script, 0, 4));
        uint256 at = 4;
        uint256 end;
        while (at < script.length) {
            uint256 kind = _read(script, at, 1);
            if (kind == CALL) {
                uint256 length = _read(script, at + 41, 4);
                end = _call(script, at, length, answers, end);
                at += 45 + length;
            } else if (kind == TIME) {
                vm.warp(_read(script, at + 1, 8));
                at += 9;
            } else if (kind == BALANCE) {
                uint256 wei_ = address(uint160(_read(script, at + 1, 20))).balance;
                assembly ("memory-safe") {
                    mstore(add(add(answers, 32), end), wei_)
                }
                end += 32;
                at += 21;
            } else if (kind == DEAL) {
                vm.deal(address(uint160(_read(script, at + 1, 20))), _read(script, at + 21, 32));
                at += 53;
            } else if (kind == ETCH) {
                uint256 length = _read(script, at + 21, 4);
                bytes memory code = new bytes(length);
                for (uint256 i; i < length; ++i) {
                    code[i] = script[at + 25 + i];
                }
                vm.etch(address(uint160(_read(script, at + 1, 20))), code);
                at += 25 + length;
            } else {
                revert UnknownRecord(kind, at);
            }
        }
        require(end <= answers.length, "the script announced too few bytes of answers");
        assembly ("memory-safe") {
            mstore(answers, end)
        }
        vm.writeFileBinary(output, answers);
    }

    /// @notice Validates an operation as EntryPoint does: keeps its effects only if it is allowed now.
    ///
    /// @dev Calldata: anything that is no function here, first byte 0xff ‖ keep 1 ‖ from 20 ‖ to 20 ‖ data. With `keep`
    /// a wrong signature counts as right, as signing is slow. Answers status 1 ‖ returned: 0 reverted, 1 allowed, 2 no
    /// revert, but a wrong signature or the wrong time.
    fallback(bytes calldata input) external returns (bytes memory) {
        bool keep = input[1] != 0;
        vm.prank(address(bytes20(input[2:])), address(bytes20(input[2:])));
        (bool ok, bytes memory returned) = address(bytes20(input[22:])).call(input[42:]);
        if (!ok || returned.length != 32) _refuse(0, returned);
        uint256 data = uint256(bytes32(returned));
        uint256 validUntil = uint48(data >> 160);
        if (validUntil == 0) validUntil = type(uint48).max;
        bool timely = block.timestamp > data >> 208 && block.timestamp <= validUntil;
        if (!timely || !(keep || uint160(data) == 0)) _refuse(2, returned);
        return bytes.concat(bytes1(0x01), returned);
    }

    receive() external payable {}

    function _call(bytes memory script, uint256 at, uint256 length, bytes memory answers, uint256 end)
        private
        returns (uint256)
    {
        address from = address(uint160(_read(script, at + 1, 20)));
        address to = address(uint160(_read(script, at + 21, 20)));
        if (to == address(0)) to = address(this);
        else vm.prank(from, from);
        assembly ("memory-safe") {
            let ok := call(gas(), to, 0, add(add(script, 77), at), length, 0, 0)
            let size := returndatasize()
            let answer := add(add(answers, 32), end)
            if gt(add(add(end, 5), size), mload(answers)) { revert(0, 0) }
            mstore8(answer, ok)
            mstore(add(answer, 1), shl(224, size))
            returndatacopy(add(answer, 5), 0, size)
            end := add(end, add(5, size))
        }
        return end;
    }

    function _refuse(uint8 status, bytes memory returned) private pure {
        bytes memory answer = bytes.concat(bytes1(status), returned);
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }

    /// @dev Big-endian integer of `size` bytes (1 to 32) at `offset`.
    function _read(bytes memory data, uint256 offset, uint256 size) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), mload(add(add(data, 32), offset)))
        }
    }
}
