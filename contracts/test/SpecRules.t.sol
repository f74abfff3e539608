// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";
import {TestModule} from "./fixtures/TestModule.sol";

/// @dev Rules of a spec at their edges, and where `InvalidSpec` says that they are broken.
contract SpecRulesTest is SessionWallet {
    uint256 internal constant HEADER = 38;
    /// @dev Transfer policy without value or count, its length field included.
    uint256 internal constant PLAIN = 25;
    bytes4 internal constant SELECTOR = 0x12345678;
    address internal constant LOW = address(uint160(type(uint160).max) >> 1);
    address internal constant HIGH = address(uint160(1) << 159);
    address internal constant HIGHEST = address(type(uint160).max);

    function test_saysWhereTheSpecIsBroken_whenTheHeaderIs() public {
        _fails(new bytes(37), 37);
        _fails(_spec(0x08, 1, _transfer(shop)), 0);
        _fails(_spec(0, 0, ""), 0);
    }

    function test_saysWhereTheSpecIsBroken_whenBytesAreLeft() public {
        bytes memory good = _spec(0, 1, _transfer(shop));
        _passes(good);
        _fails(abi.encodePacked(good, uint8(0)), HEADER + PLAIN);
    }

    function test_saysWhereTheSpecIsBroken_whenAPolicyReachesBeyondTheEnd() public {
        bytes memory first = _transfer(LOW);
        _fails(_spec(0, 2, abi.encodePacked(first, uint16(24), _body(0, 0, 0, HIGH))), HEADER + PLAIN);
    }

    function test_saysWhereTheSpecIsBroken_whenTheFirstCellIsWrong() public {
        bytes memory second = _body(1, 0, 0, HIGH);
        _fails(_spec(0, 2, abi.encodePacked(_transfer(LOW), uint16(second.length), second)), HEADER + PLAIN);
    }

    function test_saysWhereTheSpecIsBroken_whenTheOrderIsWrong() public {
        _fails(_spec(0, 2, abi.encodePacked(_transfer(HIGH), _transfer(LOW))), HEADER + PLAIN);
    }

    function test_saysWhereTheSpecIsBroken_whenAPolicysLengthIsWrong() public {
        // One byte too many inside the policy: it stands where the policy's fields end.
        bytes memory body = abi.encodePacked(_body(0, 0, 0, shop), uint8(0));
        _fails(_spec(0, 1, abi.encodePacked(uint16(body.length), body)), HEADER + PLAIN);
        // A constraint that is not well-formed: where it ends.
        body = abi.encodePacked(uint8(0), uint8(1), uint8(1), shop, SELECTOR, uint8(7), uint8(0));
        _fails(_spec(0, 1, abi.encodePacked(uint16(body.length), body)), HEADER + 2 + body.length);
    }

    function test_ordersByTheWholeTarget_whenTargetsDifferInTheHighestBitAlone() public {
        _passes(_two(_transfer(LOW), _transfer(HIGHEST)));
        _failsAsInvalid(_two(_transfer(HIGHEST), _transfer(LOW)));
        _passes(_two(_call(LOW, 0), _call(HIGHEST, 0)));
        _failsAsInvalid(_two(_call(HIGHEST, 0), _call(LOW, 0)));
    }

    function test_ordersCallsBehindTransfers_whateverTheTargetsAre() public {
        _passes(_two(_transfer(HIGHEST), _call(address(1), 0)));
        _failsAsInvalid(_two(_call(address(1), 0), _transfer(HIGHEST)));
        _passes(_two(_transfer(HIGH), _call(HIGH, 0)));
    }

    function test_ordersByTargetAndSelectorAlone_whateverElseThePoliciesHold() public {
        _passes(_two(_call(address(1), 1), _call(address(2), 0)));
        _passes(_two(_call(address(1), 2), _call(address(2), 1)));
        _failsAsInvalid(_two(_call(address(2), 0), _call(address(1), 1)));
        _failsAsInvalid(_two(_call(address(1), 0), _call(address(1), 1)));
    }

    function test_tellsSelectorsApart_whenTheyDifferInTheLowestBitAlone() public {
        bytes memory even = _sized(abi.encodePacked(_body(0, 1, 0, shop), bytes4(0x12345678)));
        bytes memory odd = _sized(abi.encodePacked(_body(0, 1, 0, shop), bytes4(0x12345679)));
        _passes(_two(even, odd));
        _failsAsInvalid(_two(odd, even));
        _failsAsInvalid(_two(odd, odd));
    }

    function test_refusesAPeriodOfUses_whenUsesAreNotCounted() public {
        bytes memory period = abi.encodePacked(uint32(1));
        _failsAsInvalid(_policy(abi.encodePacked(_body(0, 0x20, 0, shop), period)));
        _passes(_policy(abi.encodePacked(_body(0, 0x24, 0, shop), uint16(1), period)));
    }

    function test_takesTargetZero_butOnlyOnce() public {
        _passes(_spec(0, 1, _transfer(address(0))));
        _passes(_two(_transfer(address(0)), _transfer(address(1))));
        _failsAsInvalid(_two(_transfer(address(0)), _transfer(address(0))));
    }

    /// @dev The bytes around a field do not make up for it.
    function test_refusesZero_whateverStandsBehindIt() public {
        // period of a value allowance, then a use count
        bytes memory body = abi.encodePacked(_body(0, 2 | 4 | 0x10, 0, shop), uint96(1), uint96(1));
        _failsAsInvalid(_policy(abi.encodePacked(body, uint32(0), uint16(0xffff))));
        _passes(_policy(abi.encodePacked(body, uint32(1), uint16(0xffff))));
        // use count, then its period, which is one itself
        body = _body(0, 4 | 0x20, 0, shop);
        _failsAsInvalid(_policy(abi.encodePacked(body, uint16(0), type(uint32).max)));
        _failsAsInvalid(_two(_sized(abi.encodePacked(body, uint16(1), uint32(0))), _long(1)));
        _passes(_two(_sized(abi.encodePacked(body, uint16(1), uint32(1))), _long(1)));
        _passes(_policy(abi.encodePacked(body, uint16(1), uint32(1))));
        // period of an argument's allowance, then its limit
        body = abi.encodePacked(uint8(0), uint8(1), uint8(1), shop, SELECTOR, uint8(0x10), uint8(0));
        _failsAsInvalid(_policy(abi.encodePacked(body, uint32(0), type(uint96).max)));
        _passes(_policy(abi.encodePacked(body, uint32(1), uint96(0))));
        // reference of no bytes, then a limit
        body = abi.encodePacked(uint8(0), uint8(1), uint8(1), shop, SELECTOR, uint8(0x29), uint8(0));
        _failsAsInvalid(_policy(abi.encodePacked(body, uint8(0), type(uint128).max)));
        // period of the fee, then a policy, which begins with its length
        _failsAsInvalid(_spec(4, 1, abi.encodePacked(uint32(0), _long(1))));
        _passes(_spec(4, 1, abi.encodePacked(uint32(1), _long(1))));
    }

    function test_refusesATarget_thatIsAnInstalledModule() public {
        TestModule module = new TestModule(2);
        bytes memory packed = _spec(0, 1, _transfer(address(module)));
        _passes(packed);
        vm.prank(address(account));
        account.installModule(2, address(module), "");
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.TargetBanned.selector, module));
        sessions.createSession(packed);
    }

    function test_checksEveryTarget_alsoTheLast() public {
        bytes memory packed = _two(_transfer(address(1)), _call(address(account), 0));
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.TargetBanned.selector, account));
        sessions.createSession(packed);
    }

    function _transfer(address target) private pure returns (bytes memory) {
        return _sized(_body(0, 0, 0, target));
    }

    /// @dev With unconstrained arguments.
    function _call(address target, uint8 constraints) private pure returns (bytes memory) {
        return _sized(
            abi.encodePacked(uint8(0), uint8(1), constraints, target, SELECTOR, new bytes(2 * uint256(constraints)))
        );
    }

    /// @dev Whose length field begins with a one.
    function _long(uint8 cell) private pure returns (bytes memory) {
        return _sized(abi.encodePacked(cell, uint8(1), uint8(130), HIGHEST, SELECTOR, new bytes(260)));
    }

    function _body(uint8 cell, uint8 flags_, uint8 constraints, address target) private pure returns (bytes memory) {
        return abi.encodePacked(cell, flags_, constraints, target);
    }

    function _sized(bytes memory body) private pure returns (bytes memory) {
        return abi.encodePacked(uint16(body.length), body);
    }

    function _policy(bytes memory body) private pure returns (bytes memory) {
        return _spec(0, 1, _sized(body));
    }

    function _two(bytes memory a, bytes memory b) private pure returns (bytes memory) {
        return _spec(0, 2, abi.encodePacked(a, b));
    }

    function _spec(uint8 flags_, uint8 n, bytes memory policies) private pure returns (bytes memory) {
        return abi.encodePacked(vm.addr(SESSION_KEY), uint48(START + 1), flags_, uint80(0), n, policies);
    }

    function _passes(bytes memory packed) private {
        uint256 snapshot = vm.snapshotState();
        vm.prank(address(account));
        sessions.createSession(packed);
        vm.revertToState(snapshot);
    }

    function _fails(bytes memory packed, uint256 offset) private {
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SessionErrors.InvalidSpec.selector, offset));
        sessions.createSession(packed);
    }

    function _failsAsInvalid(bytes memory packed) private {
        vm.prank(address(account));
        vm.expectPartialRevert(SessionErrors.InvalidSpec.selector);
        sessions.createSession(packed);
    }
}
