// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract CreateSessionTest is SessionWallet {
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

    function test_emitsAndActivates_whenSpecIsWellFormed() public {
        bytes memory packed = SpecBuilder.pack(paySpec(SpecBuilder.lifetime(5)));
        vm.expectEmit(address(sessions));
        emit SessionKeyValidator.SessionCreated(address(account), keccak256(packed), packed);
        vm.prank(address(account));
        assertEq(sessions.createSession(packed), keccak256(packed));
        assertEq(sessions.sessionStatus(address(account), keccak256(packed)), 1);
    }

    function test_leavesOthersAlone_whenAnotherAccountCreatesTheSame() public {
        bytes memory packed = SpecBuilder.pack(paySpec(SpecBuilder.lifetime(5)));
        account = deploy(0xd0e);
        vm.prank(address(account));
        sessions.createSession(packed);
        assertEq(sessions.sessionStatus(address(deploy(PASSKEY)), keccak256(packed)), 0);
    }

    function test_reverts_whenItExists() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.lifetime(5));
        bytes32 id = create(s);
        _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.SessionAlreadyExists.selector, id));
    }

    function test_reverts_whenSignerIsZero() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.signer = address(0);
        _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.ZeroSigner.selector));
    }

    function test_reverts_whenExpiryIsNowOrBeyondAYear() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.expiresAt = uint48(block.timestamp);
        _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.SessionExpiresTooSoon.selector, s.expiresAt));
        s.expiresAt = uint48(block.timestamp + 365 days + 1);
        _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.SessionExpiresTooLate.selector, s.expiresAt));
        s.expiresAt = uint48(block.timestamp + 365 days);
        _passes(SpecBuilder.pack(s));
        s.expiresAt = uint48(block.timestamp + 1);
        _passes(SpecBuilder.pack(s));
    }

    function test_reverts_whenTargetIsBanned() public {
        address[6] memory banned = [
            address(account),
            address(entryPoint),
            address(sessions),
            address(guardian),
            address(factory),
            PERMIT2
        ];
        for (uint256 i; i < banned.length; ++i) {
            SpecBuilder.Spec memory s = specOf(SpecBuilder.callPolicy(banned[i], token.transfer.selector));
            _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.TargetBanned.selector, banned[i]));
            s = specOf(SpecBuilder.transferPolicy(banned[i], 1, SpecBuilder.unlimited()));
            _fails(SpecBuilder.pack(s), abi.encodeWithSelector(SessionErrors.TargetBanned.selector, banned[i]));
        }
    }

    function test_reverts_whenTruncatedOrTrailing() public {
        SpecBuilder.Spec memory s = _everything();
        bytes memory packed = SpecBuilder.pack(s);
        _passes(packed);
        for (uint256 length; length < packed.length; ++length) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = packed[i];
            }
            _failsAsInvalid(cut);
        }
        _failsAsInvalid(abi.encodePacked(packed, uint8(0)));
    }

    function test_reverts_whenThereIsNoPolicy() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.policies = new SpecBuilder.Policy[](0);
        _failsAsInvalid(SpecBuilder.pack(s));
    }

    function test_reverts_whenHeaderFlagsAreUnknown() public {
        bytes memory packed = SpecBuilder.pack(paySpec(SpecBuilder.unlimited()));
        for (uint256 bit = 3; bit < 8; ++bit) {
            packed[26] = bytes1(uint8(1 << bit));
            _failsAsInvalid(packed);
        }
        packed[26] = 0x03;
        _failsAsInvalid(packed);
        packed[26] = 0x02;
        _passes(packed);
    }

    function test_reverts_whenListedPaymasterIsZero() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.paymasterMode = 1;
        _failsAsInvalid(SpecBuilder.pack(s));
        s.paymaster = shop;
        _passes(SpecBuilder.pack(s));
    }

    function test_reverts_whenPoliciesAreNotStrictlyAscending() public {
        SpecBuilder.Policy memory a = SpecBuilder.callPolicy(address(1), 0x00000001);
        SpecBuilder.Policy memory b = SpecBuilder.callPolicy(address(1), 0x00000002);
        SpecBuilder.Policy memory c = SpecBuilder.callPolicy(address(2), 0x00000001);
        SpecBuilder.Policy memory t = SpecBuilder.transferPolicy(address(3), 1, SpecBuilder.unlimited());
        _passes(SpecBuilder.pack(two(a, b)));
        _passes(SpecBuilder.pack(two(b, c)));
        _passes(SpecBuilder.pack(two(t, a)));
        _failsAsInvalid(SpecBuilder.pack(two(a, a)));
        _failsAsInvalid(SpecBuilder.pack(two(b, a)));
        _failsAsInvalid(SpecBuilder.pack(two(c, b)));
        _failsAsInvalid(SpecBuilder.pack(two(a, t)));
        _failsAsInvalid(SpecBuilder.pack(two(t, t)));
    }

    function test_reverts_whenFirstCellIsWrong() public {
        SpecBuilder.Spec memory s = _everything();
        bytes memory packed = SpecBuilder.pack(s);
        uint256 first = 38 + 4; // after the header with a fee period
        assertEq(uint8(packed[first + 2]), 1, "the fee allowance takes cell 0");
        packed[first + 2] = 0;
        _failsAsInvalid(packed);
        packed[first + 2] = 0x02;
        _failsAsInvalid(packed);
    }

    function test_reverts_whenPeriodOrCountIsZero() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.allowance(5, 0));
        _failsAsInvalid(SpecBuilder.pack(s));

        s = specOf(SpecBuilder.transferPolicy(shop, 1, SpecBuilder.allowance(5, 0)));
        _failsAsInvalid(SpecBuilder.pack(s));

        bytes memory header = _header(0, 1);
        // transfer, count flag, maxUses 0
        _failsAsInvalid(_withPolicy(header, abi.encodePacked(uint8(0), uint8(4), uint8(0), shop, uint16(0))));
        _passes(_withPolicy(header, abi.encodePacked(uint8(0), uint8(4), uint8(0), shop, uint16(1))));
        // count per period, period 0
        bytes memory body = abi.encodePacked(uint8(0), uint8(4 | 32), uint8(0), shop, uint16(1), uint32(0));
        _failsAsInvalid(_withPolicy(header, body));
        body = abi.encodePacked(uint8(0), uint8(4 | 32), uint8(0), shop, uint16(1), uint32(1));
        _passes(_withPolicy(header, body));
        // fee period 0
        bytes memory policy = abi.encodePacked(uint8(1), uint8(0), uint8(0), shop);
        _failsAsInvalid(_withPolicy(abi.encodePacked(_header(4, 1), uint32(0)), policy));
        _passes(_withPolicy(abi.encodePacked(_header(4, 1), uint32(1)), policy));
    }

    function test_reverts_whenPolicyFlagsContradict() public {
        bytes memory header = _header(0, 1);
        bytes memory tail = abi.encodePacked(uint8(0), shop, bytes32(0), bytes32(0));
        // unknown bits; limit type without value; per period without count; limit type 3
        uint8[6] memory bad = [uint8(0x40), 0x80, 0x08, 0x10, 0x20, 0x1a];
        for (uint256 i; i < bad.length; ++i) {
            for (uint256 length = 21; length < tail.length; ++length) {
                bytes memory body = abi.encodePacked(uint8(0), bad[i], _head(tail, length));
                _failsAsInvalid(_withPolicy(header, body));
            }
        }
    }

    function test_reverts_whenTransferPolicyHasConstraints() public {
        SpecBuilder.Policy memory policy = SpecBuilder.transferPolicy(shop, 1, SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 1, 0, 1, SpecBuilder.unlimited());
        _failsAsInvalid(SpecBuilder.pack(specOf(policy)));
    }

    function test_reverts_whenConstraintIsNotCanonical() public {
        _constraintPasses(abi.encodePacked(uint8(1), uint8(0)));
        _constraintPasses(abi.encodePacked(uint8(0x21), uint8(0), uint8(1), uint8(1)));
        _constraintPasses(abi.encodePacked(uint8(0x21), uint8(0), uint8(32), type(uint256).max));
        // condition 7, limit type 3, unknown bits
        _constraintFails(abi.encodePacked(uint8(7), uint8(0)));
        _constraintFails(abi.encodePacked(uint8(0x18), uint8(0)));
        _constraintFails(abi.encodePacked(uint8(0x18), uint8(0), uint128(0)));
        _constraintFails(abi.encodePacked(uint8(0x41), uint8(0)));
        _constraintFails(abi.encodePacked(uint8(0x81), uint8(0)));
        // a ref that is empty, zero, has a leading zero, or is too long; a ref without a condition
        _constraintFails(abi.encodePacked(uint8(0x21), uint8(0), uint8(0)));
        _constraintFails(abi.encodePacked(uint8(0x21), uint8(0), uint8(1), uint8(0)));
        _constraintFails(abi.encodePacked(uint8(0x21), uint8(0), uint8(2), uint16(1)));
        _constraintFails(abi.encodePacked(uint8(0x21), uint8(0), uint8(33), uint8(1), uint256(1)));
        _constraintFails(abi.encodePacked(uint8(0x20), uint8(0), uint8(1), uint8(1)));
    }

    function test_reverts_whenCellsRunOut() public {
        // 127 lifetime limits twice = 254, and two more fit; another does not.
        SpecBuilder.Policy memory a = _crowded(address(1), 127);
        SpecBuilder.Policy memory b = _crowded(address(2), 129);
        _passes(SpecBuilder.pack(two(a, b)));
        b = _crowded(address(2), 130);
        _failsAsInvalid(SpecBuilder.pack(two(a, b)));
    }

    function testFuzz_neverPanics_whenSpecIsGarbage(bytes calldata garbage) public {
        vm.prank(address(account));
        (bool ok, bytes memory reason) =
            address(sessions).call(abi.encodeCall(SessionKeyValidator.createSession, (garbage)));
        assertFalse(ok);
        assertTrue(bytes4(reason) != 0x4e487b71, "panic");
    }

    function _everything() private view returns (SpecBuilder.Spec memory s) {
        SpecBuilder.Policy memory a = SpecBuilder.transferPolicy(shop, 9, SpecBuilder.allowance(90, 3600));
        a.maxUses = 3;
        a.usePeriod = 60;
        SpecBuilder.Policy memory b = payPolicy();
        b.hasValue = true;
        b.valueLimit = SpecBuilder.lifetime(7);
        b.maxUses = 5;
        SpecBuilder.withConstraint(b, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(b, 5, 1, 1000, SpecBuilder.allowance(50, 86_400));
        SpecBuilder.withConstraint(b, 0, 1, 0, SpecBuilder.lifetime(500));
        s = two(a, b);
        s.feePeriod = 3600;
    }

    function _crowded(address target, uint256 n) private pure returns (SpecBuilder.Policy memory policy) {
        policy = SpecBuilder.callPolicy(target, 0x12345678);
        policy.constraints = new SpecBuilder.Constraint[](n);
        for (uint256 i; i < n; ++i) {
            policy.constraints[i] = SpecBuilder.Constraint(0, 0, 0, SpecBuilder.lifetime(1));
        }
    }

    function _header(uint8 flags_, uint8 n) private view returns (bytes memory) {
        return abi.encodePacked(vm.addr(SESSION_KEY), uint48(block.timestamp + 1), flags_, bytes10(0), n);
    }

    function _withPolicy(bytes memory header, bytes memory body) private pure returns (bytes memory) {
        return abi.encodePacked(header, uint16(body.length), body);
    }

    function _head(bytes memory data, uint256 length) private pure returns (bytes memory head) {
        head = new bytes(length);
        for (uint256 i; i < length; ++i) {
            head[i] = data[i];
        }
    }

    function _constraint(bytes memory constraint) private view returns (bytes memory) {
        bytes memory body = abi.encodePacked(uint8(0), uint8(1), uint8(1), shop, bytes4(0x12345678), constraint);
        return _withPolicy(_header(0, 1), body);
    }

    function _constraintPasses(bytes memory constraint) private {
        _passes(_constraint(constraint));
    }

    function _constraintFails(bytes memory constraint) private {
        _failsAsInvalid(_constraint(constraint));
    }

    function _passes(bytes memory packed) private {
        uint256 snapshot = vm.snapshotState();
        vm.prank(address(account));
        sessions.createSession(packed);
        vm.revertToState(snapshot);
    }

    function _fails(bytes memory packed, bytes memory reason) private {
        vm.prank(address(account));
        vm.expectRevert(reason);
        sessions.createSession(packed);
    }

    function _failsAsInvalid(bytes memory packed) private {
        vm.prank(address(account));
        vm.expectPartialRevert(SessionErrors.InvalidSpec.selector);
        sessions.createSession(packed);
    }
}
