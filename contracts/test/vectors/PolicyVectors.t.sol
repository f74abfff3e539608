// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../../src/session/SessionKeyValidator.sol";
import {Deployer} from "../fixtures/Deployer.sol";

/// @title The vectors in tests/vectors/policy, which the wallet's policy check passes too
///
/// @dev Each vector becomes a session whose one policy constrains one argument, and operations that use it. This contract
/// stands in for the account. Signatures are the stub: every check runs.
contract PolicyVectorsTest is Deployer {
    struct PolicyVector {
        string what;
        string kind;
        uint256 limit;
        uint256 period;
        uint256 used;
        uint256 usedPeriod;
        uint256 amount;
        uint256 time;
        bool allowed;
        uint256 next;
        string error;
    }

    SessionKeyValidator private sessions;
    bytes private spec;

    address private constant TARGET = address(0x1111111111111111111111111111111111111111);
    bytes4 private constant SELECTOR = 0xa9059cbb;
    uint256 private constant START = 1;

    function setUp() external {
        vm.warp(START);
        sessions = SessionKeyValidator(deployTested("SessionKeyValidator", ""));
    }

    /// @dev What the session module asks an account.
    function checkSessionTargets(address[] calldata) external pure returns (uint256 epoch) {
        return 0;
    }

    function sessionEpoch() external pure returns (uint256) {
        return 0;
    }

    function test_conditionsHoldAsListed_whenTheVectorsAreRead() external {
        string memory json = vm.readFile("../tests/vectors/policy/condition.json");
        uint256 n;
        for (; vm.keyExistsJson(json, _path(n, ".id")); ++n) {
            uint256 actual = _uint(vm.parseJsonString(json, _path(n, ".actual")));
            uint256 ref = _uint(vm.parseJsonString(json, _path(n, ".reference")));
            string[] memory holds = vm.parseJsonStringArray(json, _path(n, ".holds"));
            for (uint8 condition; condition < 7; ++condition) {
                // There is nothing to compare with in an unconstrained argument.
                _create(_constraint(condition, condition == 0 ? 0 : ref, 0, ""), n);
                (bool ok, bytes memory returned) = _use(actual, START);
                string memory what = string.concat("vector ", vm.toString(n + 1), " ", _nameOf(condition));
                assertEq(ok, _contains(holds, _nameOf(condition)), what);
                if (!ok) assertEq(bytes4(returned), SessionErrors.ConditionViolated.selector, what);
            }
        }
        assertGt(n, 0);
    }

    function test_limitsAreChargedAsListed_whenTheVectorsAreRead() external {
        string memory json = vm.readFile("../tests/vectors/policy/usage-limit.json");
        uint256 n;
        for (; vm.keyExistsJson(json, _path(n, ".id")); ++n) {
            _checkLimit(json, n);
        }
        assertGt(n, 0);
    }

    function _checkLimit(string memory json, uint256 n) private {
        PolicyVector memory v = _read(json, n);
        _create(_limited(v.kind, v.limit, v.period), n);
        if (v.used != 0) {
            (bool before,) = _use(v.used, v.usedPeriod * v.period);
            assertTrue(before, v.what);
        }
        (bool ok, bytes memory returned) = _use(v.amount, v.time);
        assertEq(ok, v.allowed, v.what);
        if (!v.allowed) {
            assertEq(bytes4(returned), _errorOf(v.error, v.period, v.time), v.what);
        } else if (!_is(v.kind, "Unlimited")) {
            vm.warp(v.time);
            uint256 left = sessions.sessionState(address(this), spec).policies[0].constraints[0].left;
            assertEq(left, v.limit - v.next, v.what);
            vm.warp(START);
        }
    }

    function _read(string memory json, uint256 n) private view returns (PolicyVector memory v) {
        v.what = string.concat("vector ", vm.toString(n + 1));
        v.kind = vm.parseJsonString(json, _path(n, ".limit[0]"));
        v.limit = _decimal(json, n, ".limit[1]");
        v.period = vm.parseJsonUint(json, _path(n, ".limit[2]"));
        v.used = _decimal(json, n, ".used[0]");
        v.usedPeriod = vm.parseJsonUint(json, _path(n, ".used[1]"));
        v.amount = _decimal(json, n, ".amount");
        v.time = vm.parseJsonUint(json, _path(n, ".timestamp"));
        v.allowed = vm.keyExistsJson(json, _path(n, ".next"));
        if (v.allowed) v.next = _decimal(json, n, ".next[0]");
        else v.error = vm.parseJsonString(json, _path(n, ".error"));
    }

    function _decimal(string memory json, uint256 n, string memory field) private pure returns (uint256) {
        return vm.parseUint(vm.parseJsonString(json, _path(n, field)));
    }

    /// @dev A period number past 32 bits has no room in a cell; the contracts call that an empty time range.
    function _errorOf(string memory name, uint256 period, uint256 time) private pure returns (bytes4) {
        if (_is(name, "LifetimeUsageExceeded")) return SessionErrors.LifetimeUsageExceeded.selector;
        if (_is(name, "AllowanceExceeded")) return SessionErrors.AllowanceExceeded.selector;
        require(_is(name, "PeriodElapsed"), name);
        if (time / period > type(uint32).max) return SessionErrors.EmptyTimeRange.selector;
        return SessionErrors.PeriodElapsed.selector;
    }

    function _limited(string memory kind, uint256 limit, uint256 period) private pure returns (bytes memory) {
        if (_is(kind, "Unlimited")) return _constraint(0, 0, 0, "");
        if (_is(kind, "Lifetime")) return _constraint(0, 0, 1, abi.encodePacked(uint128(limit)));
        return _constraint(0, 0, 2, abi.encodePacked(uint32(period), uint96(limit)));
    }

    /// @dev Of the first argument. Layout: contracts/README.md, "Spec".
    function _constraint(uint8 condition, uint256 ref, uint8 limitType, bytes memory limit)
        private
        pure
        returns (bytes memory)
    {
        uint8 head = condition | limitType << 3;
        if (ref == 0) return abi.encodePacked(head, uint8(0), limit);
        bytes memory minimal = abi.encodePacked(ref);
        uint256 zeros;
        while (minimal[zeros] == 0) ++zeros;
        bytes memory packed = abi.encodePacked(head | 0x20, uint8(0), uint8(32 - zeros));
        for (; zeros < 32; ++zeros) {
            packed = abi.encodePacked(packed, minimal[zeros]);
        }
        return abi.encodePacked(packed, limit);
    }

    /// @param salt Makes the signer, so that equal vectors are sessions of their own.
    function _create(bytes memory constraint, uint256 salt) private {
        bytes memory body = abi.encodePacked(uint8(0), uint8(1), uint8(1), TARGET, SELECTOR, constraint);
        spec = abi.encodePacked(
            address(uint160(salt + 1)), uint48(START + 365 days), uint8(0), uint80(0), uint8(1), uint16(body.length), body
        );
        // The conditions' vectors repeat a spec where reference and form are the same.
        if (sessions.sessionStatus(address(this), keccak256(spec)) == 0) sessions.createSession(spec);
    }

    function _use(uint256 argument, uint256 time) private returns (bool, bytes memory) {
        PackedUserOperation memory op;
        op.sender = address(this);
        bytes memory call = abi.encodePacked(TARGET, uint256(0), SELECTOR, argument);
        op.callData = abi.encodeWithSelector(0xe9ae5c53, bytes32(0), call);
        op.signature = abi.encodePacked(bytes32(0), bytes32(0), uint48(time), type(uint48).max, uint8(0), spec);
        return address(sessions).call(abi.encodeCall(sessions.validateSession, (op, bytes32(0), 0)));
    }

    function _nameOf(uint256 condition) private pure returns (string memory) {
        return ["Unconstrained", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "NotEqual"][condition];
    }

    function _path(uint256 n, string memory field) private pure returns (string memory) {
        return string.concat(".vectors[", vm.toString(n), "]", field);
    }

    /// @dev Hex of any length.
    function _uint(string memory hex_) private pure returns (uint256 value) {
        bytes memory raw = vm.parseBytes(hex_);
        for (uint256 i; i < raw.length; ++i) {
            value = value << 8 | uint8(raw[i]);
        }
    }

    function _contains(string[] memory names, string memory name) private pure returns (bool) {
        for (uint256 i; i < names.length; ++i) {
            if (_is(names[i], name)) return true;
        }
        return false;
    }

    function _is(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }
}
